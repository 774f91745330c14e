/* sealed_record_vector.h: a record that WebCrypto sealed, and the key it was sealed to; made once, for the
 * test. */
#ifndef SUNWAI_SEALED_RECORD_VECTOR_H
#define SUNWAI_SEALED_RECORD_VECTOR_H

#define VECTOR_SCALAR "47a037401742375c15f9cb2e16d2b94f24f5c60ce3b75f113a0c9a35b563f9ae"
static const char vector_sealed[] =
    "535753319d0b5c02837b679304606c439bac6c2996d031197beb15dcbaefa7a89dfb2c86b4efecea36bf4775fb"
    "107b2961a13b0f133cab3f966a7755f4b3ea484b2146d0676140811c0f8a4187f9be8a40dbca12dbfc8cd44e60"
    "73a15c450bf2d46f939d21c951a7acaa757aeedc382f62b19fcb6095ecc044df52f33b763b2123";

#endif
