/* The embedded files of the look, at addresses that change with their content. */
#include "assets.h"
#include "life.h"

static const struct asset *asset_named(str name)
{
    for (size_t i = 0; i < assets_n; i++) {
        if (str_eq(assets[i].name, name)) {
            return &assets[i];
        }
    }
    return NULL;
}

/* The entity tag without quotes, as it stands behind ?v= (see page_asset()): its beginning is enough. */
static bool names_content(str etag, str version)
{
    return version.n >= 8 && etag.n > 2 && str_starts(str_sub(etag, 1, etag.n - 2), version);
}

static str query_version(str query)
{
    while (query.p != NULL) {
        const str pair = str_cut(&query, '&');
        if (str_starts(pair, S("v="))) {
            return str_sub(pair, 2, pair.n);
        }
    }
    return STR_NONE;
}

void web_for_ever(struct web *w)
{
    life_of(w)->answer.immutable = true;
}

err web_asset(struct web *w, str name)
{
    struct life *l = life_of(w);
    const struct asset *asset = asset_named(name);
    if (asset == NULL) {
        return FAIL(NOT_FOUND);
    }
    l->answer = (struct answer){
        .noted = true,
        .status = 200,
        .type = asset->type,
        .body = asset->plain,
        .is_static = true,
        .etag = asset->etag,
        .immutable = names_content(asset->etag, query_version(l->request->query)),
    };
    if (str_eq(http_header(l->x, "If-None-Match"), asset->etag)) {
        l->answer.status = 304;
        l->answer.body = S("");
        return OK;
    }
    if (asset->gzip.n > 0 && answer_gzip_wanted(l->accept_encoding)) {
        web_header(w, "Content-Encoding", S("gzip"));
        l->answer.body = asset->gzip;
    }
    return OK;
}

err web_asset_text(struct web *w, str name, str *out_text, str *out_tags)
{
    enum { TAGS_MAX = 8 * 1024 };
    const struct asset *asset = asset_named(name);
    if (asset == NULL) {
        return FAIL(NOT_FOUND);
    }
    SCOPED(buf_free) struct buf tags = buf_new(TAGS_MAX);
    for (size_t i = 0; i < assets_n; i++) {
        buf_put(&tags, assets[i].etag);
    }
    *out_text = asset->plain;
    *out_tags = arena_str(w->arena, buf_str(&tags));
    return tags.full || out_tags->p == NULL ? FAIL(LIMIT) : OK;
}

static err show_asset(struct web *w)
{
    return web_asset(w, w->in[0].text);
}

static err show_openapi(struct web *w)
{
    return web_json(w, 200, &life_of(w)->app->openapi);
}

static const struct input asset_inputs[] = {{.name = "name", .type = IN_CODE, .required = true}};

const struct route web_routes[] = {
    {HTTP_GET, "/assets/{name}", P_PUBLIC, ROUTE_STATIC | ROUTE_PLAIN, INPUTS(asset_inputs),
     .show = show_asset, .doc = MSG_WEB_DOC_ASSET},
    {HTTP_GET, "/api/v1/openapi.json", P_PUBLIC, ROUTE_API, .show = show_openapi, .doc = MSG_WEB_DOC_OPENAPI},
};
const size_t web_routes_n = sizeof web_routes / sizeof *web_routes;
