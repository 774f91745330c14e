/* fold.h: the one folding used when text is written and when it is searched.
 *
 * NFKC and lower case (ICU), then by table: harakat, tatweel, ZWNJ, ZWJ and bidi controls go; Arabic yeh, kaf
 * and heh become the Urdu ones (ي ى → ی, ك → ک, ه ۀ ة ۂ → ہ, أ إ → ا, ګ → گ); three sets of digits become ASCII;
 * Pashto ې ۍ ئ ښ ږ ڼ, and آ, ؤ, ھ, ے stay. Everything that is no letter or digit becomes one space.
 */
#ifndef SUNWAI_FOLD_H
#define SUNWAI_FOLD_H

#include "arena.h"
#include "err.h"

/* LIMIT when the arena is full, INVALID when s is not UTF-8. */
err fold(struct arena *a, str s, str *out);
/* Digits only: U+0660.. and U+06F0.. to ASCII, everything else unchanged. */
str digits_ascii(struct arena *a, str s);
/* NFC, for what is stored as the person wrote it. */
err text_nfc(struct arena *a, str s, str *out);

/* What may stand in text that a person typed. */
enum text_fault { TEXT_OK, TEXT_NOT_UTF8, TEXT_NUL, TEXT_CONTROL, TEXT_BIDI };
/* The worst fault; bidi controls are U+202A–202E and U+2066–2069 (marks U+200E/F and ALM are harmless). */
enum text_fault text_check(str s, bool several_lines);
/* A copy without control and bidi characters, ill-formed bytes as U+FFFD: to give back for correction. */
str text_clean(struct arena *a, str s, bool several_lines);

#endif
