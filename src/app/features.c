/* features.c: the one list. Deleting a feature's folder and its line here removes it. */
#include "features.h"

#include "account_feature.h"
#include "app_pages.h"
#include "bylaw_feature.h"
#include "case_feature.h"
#include "catalogue_feature.h"
#include "check.h"
#include "dashboard_feature.h"
#include "desk_feature.h"
#include "device_feature.h"
#include "dialogue_feature.h"
#include "direction_feature.h"
#include "document_feature.h"
#include "dress.h"
#include "evidence_feature.h"
#include "event_feature.h"
#include "event_file_feature.h"
#include "exchange_feature.h"
#include "handover_feature.h"
#include "kit_feature.h"
#include "message_feature.h"
#include "offline_feature.h"
#include "oversight_feature.h"
#include "pad_feature.h"
#include "partner_feature.h"
#include "place_feature.h"
#include "plan_feature.h"
#include "prompt_feature.h"
#include "public_feature.h"
#include "ready_feature.h"
#include "rota_feature.h"
#include "report_feature.h"
#include "sheet_feature.h"
#include "story_feature.h"
#include "visit_feature.h"

/* One in a line. */
/* clang-format off */
const struct feature *const features[] = {
    &place_feature,
    &catalogue_feature,
    &account_feature,
    &case_feature,
    &direction_feature,
    &handover_feature,
    &oversight_feature,
    &rota_feature,
    &desk_feature,
    &event_feature,
    &event_day_feature,
    &dialogue_feature,
    &event_close_feature,
    &event_file_feature,
    &offline_feature,
    &device_feature,
    &visit_feature,
    &paper_feature,
    &message_feature,
    &prompt_feature,
    &public_feature,
    &sheet_feature,
    &report_feature,
    &exchange_feature,
    &document_feature,
    &dashboard_feature,
    &partner_feature,
    &plan_feature,
    &kit_feature,
    &ready_feature,
    &bylaw_feature,
    &story_feature,
    &evidence_feature,
    &app_feature,
    NULL,
};
/* clang-format on */

void features_web(struct web_config *config)
{
    static const struct route *tables[2 * FEATURES_MAX + 1];
    static size_t tables_n[2 * FEATURES_MAX];
    static aside_fn asides[FEATURES_MAX + 1];
    size_t n = 0;
    size_t asides_n = 0;
    for (size_t i = 0; features[i] != NULL; i++) {
        CHECK(i < FEATURES_MAX);
        if (features[i]->routes_n > 0) {
            tables[n] = features[i]->routes;
            tables_n[n++] = features[i]->routes_n;
        }
        if (features[i]->api_n > 0) {
            tables[n] = features[i]->api;
            tables_n[n++] = features[i]->api_n;
        }
        if (features[i]->aside != NULL) {
            asides[asides_n++] = features[i]->aside;
        }
    }
    asides[asides_n] = NULL;
    config->asides = asides;
    tables[n] = NULL;
    config->tables = tables;
    config->tables_n = tables_n;
    config->resolve = rota_resolve;
    config->dress = dress;
}
