a(`b
c`);
