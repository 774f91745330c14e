/* version.h: of this source. */
#ifndef SUNWAI_VERSION_H
#define SUNWAI_VERSION_H

#define SUNWAI_VERSION "0.1.0"

#endif
