/* What it is for,
   in two lines. */
// and one

function a() { // stays
    return "/* stays */"; /* too */
}
