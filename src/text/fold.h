/* fold.h: the one folding used when text is written and when it is searched.
 *
 * NFKC and case folding (ICU's NFKC_Casefold), then by table: harakat and other loose marks, tatweel, ZWNJ,
 * ZWJ and bidi controls go; Arabic yeh, kaf and heh become the Urdu ones (ي ى → ی, ك → ک, ه ۀ ة ۂ ۃ → ہ,
 * أ إ ٱ → ا, ګ → گ, ۓ → ے); three sets of digits become ASCII; Pashto ې ۍ ئ ښ ږ ڼ, and آ, ؤ, ھ, ے stay: marks
 * that compose with their letter do so first (ی or ي with a loose hamza is ئ). Everything that is no letter
 * or digit becomes one space, none at the ends. Folding what is folded changes nothing.
 */
#ifndef SUNWAI_FOLD_H
#define SUNWAI_FOLD_H

#include "arena.h"
#include "err.h"

/* LIMIT when the arena is full, INVALID when s is not UTF-8. */
err fold(struct arena *a, str s, str *out);
/* Digits only: U+0660.. and U+06F0.. to ASCII, everything else unchanged. STR_NONE when the arena is full. */
str digits_ascii(struct arena *a, str s);
/* NFC, for what is stored as the person wrote it. Fails as fold() does. */
err text_nfc(struct arena *a, str s, str *out);

/* What may stand in text that a person typed. */
enum text_fault { TEXT_OK, TEXT_NOT_UTF8, TEXT_NUL, TEXT_CONTROL, TEXT_BIDI };
/* The worst fault: NOT_UTF8, then NUL, CONTROL, BIDI. Controls are C0, C1, noncharacters and, where only one
 * line may stand, tabs and line ends (U+2028/9 too); bidi controls are U+202A–202E and U+2066–2069 (the marks
 * U+200E/F and ALM are harmless). */
enum text_fault text_check(str s, bool several_lines);
/* A copy that text_check() finds no fault in: without control and bidi characters (tabs and line ends become
 * spaces where only one line may stand), ill-formed bytes as U+FFFD. To give back for correction. STR_NONE
 * when the arena is full. */
str text_clean(struct arena *a, str s, bool several_lines);

#endif
