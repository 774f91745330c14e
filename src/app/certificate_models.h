/* certificate_models.h: what certificate.html shows. */
#ifndef SUNWAI_CERTIFICATE_MODELS_H
#define SUNWAI_CERTIFICATE_MODELS_H

#include "page.h"

enum { DEVICE_STEPS_MAX = 5 };

struct device_view {
    str name;
    str steps[DEVICE_STEPS_MAX];
    size_t steps_n;
    str remove;
    bool open; /* it is probably this one */
};

struct install_view {
    bool known;  /* there is nothing to install: no local authority signed the certificate */
    bool secure; /* this very page came over TLS */
    str fingerprint;
    struct url file;
    const struct device_view *devices;
    size_t devices_n;
};

#endif
