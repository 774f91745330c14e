# Sunwai: one Makefile, no configure. `make help` lists what it can do.
#
# MODE chooses compiler and flags: release (gcc), clang, asan (gcc, ASan + UBSan), fuzz (clang, libFuzzer).
# Floors are include paths: each folder is compiled with -iquote of itself and of the folders in its SEES
# row, so an include that goes up or sideways does not compile. That table is the architecture diagram.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules --no-print-directory
MODE ?= release
B := build/$(MODE)
GEN := build/gen
TOOLS := build/tools

# ---- the floors -------------------------------------------------------------------------------------------
SEES.base     :=
SEES.companion := base
SEES.store    := base
SEES.text     := base
SEES.http     := base
SEES.page     := base text
SEES.render   := base companion text page
SEES.web      := base companion store text http page render
# Rules of a feature see no HTTP and no HTML; what they may ask of another feature is listed, without cycles.
RULES         := base store text
SEES.feature/place     := $(RULES)
SEES.feature/catalogue := $(RULES) feature/place
SEES.feature/account   := $(RULES) feature/place
SEES.feature/flow      := $(RULES)
SEES.feature/evidence  := $(RULES) feature/flow
CASES         := feature/flow feature/evidence feature/catalogue feature/place feature/account
SEES.feature/case      := $(RULES) $(CASES)
SEES.feature/handover  := $(RULES) $(CASES) feature/case
SEES.feature/public    := $(RULES) $(CASES) feature/case feature/handover
SEES.feature/rota      := $(RULES) feature/place feature/account
SEES.feature/desk      := $(RULES) $(CASES) feature/case feature/rota
SEES.feature/visit     := $(RULES) $(CASES) feature/case feature/rota feature/desk
SEES.feature/paper     := $(RULES) $(CASES) feature/case feature/direction feature/event feature/rota feature/desk
SEES.feature/message   := $(RULES) feature/flow feature/evidence feature/catalogue feature/place feature/account
SEES.feature/prompt    := $(RULES) $(CASES) feature/case
SEES.feature/direction := $(RULES) $(CASES) feature/case
SEES.feature/event     := $(RULES) $(CASES) feature/case feature/direction
SEES.feature/offline   := $(RULES) $(CASES) feature/case feature/direction feature/rota feature/desk feature/event
SEES.feature/device    := $(RULES) $(CASES) feature/case feature/direction feature/rota feature/desk feature/event
SEES.feature/partner   := $(RULES) $(CASES) feature/case feature/direction feature/event
FIGURES       := $(CASES) feature/case feature/direction feature/event feature/indicator
SEES.feature/indicator := $(RULES) $(CASES) feature/case feature/direction feature/event
SEES.feature/plan      := $(RULES) $(FIGURES)
SEES.feature/sheet     := $(RULES) $(FIGURES) feature/plan
SEES.feature/report    := $(RULES) $(FIGURES) feature/plan feature/sheet
SEES.feature/dashboard := $(RULES) $(FIGURES) feature/plan feature/sheet feature/report
SEES.feature/document  := $(RULES) $(FIGURES) feature/plan feature/sheet feature/report feature/exchange
SEES.feature/exchange  := $(RULES) $(FIGURES) feature/plan feature/sheet feature/report
SEES.feature/oversight := $(RULES) $(CASES) feature/case feature/direction
SEES.feature/bylaw     := $(RULES) feature/flow feature/place
SEES.feature/readiness := $(RULES) $(CASES) feature/case feature/direction feature/event
SEES.feature/kit       := $(RULES) $(CASES) feature/case feature/handover feature/direction feature/event feature/message feature/prompt feature/bylaw feature/readiness
# A feature's pages and API (X_pages.c, X_api.c, its templates) see the look and the router too.
PAGES         := companion http page render web feature
SEES.feature  := base companion store text http page render web
FEATURES      := $(sort $(filter-out feature/,$(patsubst src/%/,%,$(wildcard src/feature/*/))))
CHANNELS      := $(sort $(patsubst src/%/,%,$(wildcard src/channel/*/)))
SEES.app      := base companion store text http page render web feature $(FEATURES) $(CHANNELS)
SEES.worker   := base companion
SEES.courier  := base companion
FOLDERS := base companion store text http page render web feature $(FEATURES) $(CHANNELS) app

# What was generated from a file that has moved or gone would be found before what stands in its place.
GONE := $(strip $(foreach f,$(shell find $(GEN) -name '*.sql.[ch]' -o -name '*.html.[ch]' 2>/dev/null),\
    $(if $(wildcard $(basename $(patsubst $(GEN)/%,src/%,$(f)))),,$(f))))
ifneq ($(GONE),)
$(shell rm -f $(GONE))
endif

# ---- compilers and flags ----------------------------------------------------------------------------------
CC_release := gcc
CC_clang := clang
CC_asan := gcc
CC_fuzz := clang
CC_analyze := gcc
CC_tidy := tests/check/cc-tidy
CC_cov := gcc
CCMODE := $(CC_$(MODE))
PKGS := sqlite3 libmicrohttpd gnutls jansson libsodium icu-i18n icu-uc zlib libqrencode libseccomp nettle hogweed gmp
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -linih -lpthread -ldl
# Heavy libraries, linked to the worker alone.
WORKER_PKGS := pangocairo pangoft2 cairo-pdf fontconfig harfbuzz expat libzip libqpdf libjpeg libpng libwebp libavformat libavcodec libswresample libavutil
WORKER_CFLAGS := $(subst -I,-isystem ,$(shell pkg-config --cflags $(WORKER_PKGS) 2>/dev/null))
WORKER_LIBS := $(shell pkg-config --libs $(WORKER_PKGS) 2>/dev/null) -lm
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes -Wmissing-prototypes \
  -Wold-style-definition -Wwrite-strings -Wpointer-arith -Wcast-qual -Wvla -Wformat=2 -Wundef -Wdouble-promotion \
  -Wswitch-enum -Wimplicit-fallthrough -Wdate-time -Wno-missing-field-initializers -Werror
WARN_gcc := -Wnull-dereference -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wjump-misses-init -Wformat-signedness \
  -Warray-bounds=2 -Wstringop-overflow=4
WARN_clang := -Wcomma -Wassign-enum -Wno-gnu-zero-variadic-macro-arguments
HARD := -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -fPIE
HARD_gcc := -ftrivial-auto-var-init=zero -fzero-call-used-regs=used-gpr
LINK_HARD := -pie -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed
C := -std=gnu17 -D_GNU_SOURCE -g -fno-common -fvisibility=hidden -fno-strict-aliasing -include src/base/banned.h -include stdalign.h
CFLAGS_release := -O2 $(HARD) $(HARD_gcc) $(WARN_gcc)
CFLAGS_clang := -O2 $(HARD) $(WARN_clang)
CFLAGS_asan := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -fPIE
CFLAGS_fuzz := -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fPIE $(WARN_clang)
# Of gcc 12 one check of the analyzer is left out: it takes a struct of one member, as `err` is, for uninitialised.
CFLAGS_analyze := -O1 -fanalyzer -Wno-analyzer-use-of-uninitialized-value $(WARN_gcc)
CFLAGS_tidy := -O1 $(WARN_clang)
CFLAGS_cov := -O1 --coverage -fprofile-update=atomic
LINK_cov := --coverage
LINK_release := $(LINK_HARD)
LINK_clang := $(LINK_HARD)
LINK_asan := -pie -fsanitize=address,undefined
LINK_fuzz := -pie -fsanitize=address,undefined
CFLAGS := $(C) $(WARN) $(CFLAGS_$(MODE)) $(PKG_CFLAGS) $(EXTRA_CFLAGS)

# ---- sources ----------------------------------------------------------------------------------------------
sql_of = $(filter-out %.pg.sql,$(wildcard src/$(1)/*.sql))
SQL := $(foreach d,$(FOLDERS),$(call sql_of,$(d)))
SQL_PG := $(foreach d,$(FOLDERS),$(wildcard src/$(d)/*.pg.sql))
SCHEMA := $(sort $(wildcard src/store/schema/*.sql))
HTML := $(foreach d,$(FOLDERS),$(wildcard src/$(d)/*.html))
PO := $(wildcard src/text/*.po)
ASSETS := $(wildcard src/page/assets/*.* src/page/assets/offline/*.*)
SEEDS := $(wildcard src/app/seed/*)
WORDLISTS := $(wildcard src/feature/account/words/*)
MAPFILES  := src/render/map/pakistan.txt
HOSTC := gcc -std=gnu17 -D_GNU_SOURCE -g -O1 $(WARN) $(WARN_gcc) -Itools

src_of = $(filter-out %_test.c,$(wildcard src/$(1)/*.c))
test_of = $(wildcard src/$(1)/*_test.c)
gen_of = $(patsubst src/%,$(GEN)/%.c,$(call sql_of,$(1)) $(wildcard src/$(1)/*.html))
GEN_EXTRA.text := $(GEN)/text/messages.c
GEN_EXTRA.page := $(GEN)/page/assets.c
GEN_EXTRA.store := $(GEN)/store/all_migrations.c
GEN_EXTRA.feature/account := $(GEN)/feature/account/wordlist.c
GEN_EXTRA.render := $(GEN)/render/mapfile.c
GEN_EXTRA.app := $(GEN)/app/all_queries.c $(GEN)/app/seed.c
# Folders whose queries may be listings: run by name, a new one without C.
LISTINGS := feature/indicator feature/report feature/sheet
$(foreach d,$(LISTINGS),$(eval GEN_EXTRA.$(d) := $(GEN)/$(d)/listings.c))
objs_of = $(patsubst src/%.c,$(B)/%.o,$(call src_of,$(1))) \
          $(patsubst $(GEN)/%.c,$(B)/gen/%.o,$(call gen_of,$(1)) $(GEN_EXTRA.$(1)))
iquote = $(foreach d,$(1),-iquote src/$(d) -iquote $(GEN)/$(d))
# Everything a folder's archive needs to be linked: itself, what it sees, and the floors pages stand on.
closure = $(sort $(1) $(SEES.$(1)) $(if $(filter feature/% channel/%,$(1)),$(PAGES) $(SEES.feature)))
# A folder that a row names before it is there is nothing to link yet.
archives = $(patsubst %,$(B)/lib/%.a,$(filter $(FOLDERS) worker courier,$(call closure,$(1))))

.DEFAULT_GOAL := all
.PHONY: all
all: $(B)/sunwai $(B)/sunwai-worker $(B)/sunwai-courier ## build the program and its two companions

# ---- the generators and what they make --------------------------------------------------------------------
TOOL_NAMES := sqlgen tplgen msggen embed
TOOL_LIBS.sqlgen := -lsqlite3
TOOL_LIBS.embed := -lz
$(TOOLS)/%: tools/%.c $(wildcard tools/*_*.c) tools/lex.c $(wildcard tools/*.h)
	@mkdir -p $(@D)
	@echo "  TOOL   $*"
	@$(HOSTC) -o $@ $< $(wildcard tools/$*_*.c) tools/lex.c $(TOOL_LIBS.$*)

# One run for all queries: they share one schema and one numbering. Files that did not change are left alone.
$(GEN)/sql.stamp: $(TOOLS)/sqlgen src/store/types.def $(SCHEMA) $(SQL) $(SQL_PG)
	@mkdir -p $(GEN)
	@echo "  SQL    $(words $(SQL)) files"
	@$(TOOLS)/sqlgen --types src/store/types.def --schema src/store/schema --root src --out $(GEN) $(addprefix --listings ,$(LISTINGS)) $(SQL)
	@touch $@
$(patsubst src/%,$(GEN)/%.c,$(SQL)) $(patsubst src/%,$(GEN)/%.h,$(SQL)) $(GEN)/store/all_migrations.c $(GEN)/app/all_queries.c $(LISTINGS:%=$(GEN)/%/listings.c): $(GEN)/sql.stamp ;

$(GEN)/text/messages.c $(GEN)/text/msg_ids.h &: $(TOOLS)/msggen $(PO)
	@mkdir -p $(GEN)/text
	@echo "  MSG    $(notdir $(PO))"
	@$(TOOLS)/msggen --out $(GEN)/text $(PO)

$(GEN)/%.html.c $(GEN)/%.html.h &: src/%.html $(TOOLS)/tplgen
	@mkdir -p $(@D)
	@$(TOOLS)/tplgen --root src --out $(GEN) $<

$(GEN)/page/assets.c $(GEN)/page/assets.h &: $(TOOLS)/embed $(ASSETS)
	@mkdir -p $(@D)
	@$(TOOLS)/embed --name asset --out $(GEN)/page/assets $(ASSETS)
$(GEN)/app/seed.c $(GEN)/app/seed.h &: $(TOOLS)/embed $(SEEDS)
	@mkdir -p $(@D)
	@$(TOOLS)/embed --name seed --out $(GEN)/app/seed $(SEEDS)
$(GEN)/feature/account/wordlist.c $(GEN)/feature/account/wordlist.h &: $(TOOLS)/embed $(WORDLISTS)
	@mkdir -p $(@D)
	@$(TOOLS)/embed --name wordlist --out $(GEN)/feature/account/wordlist $(WORDLISTS)
$(GEN)/render/mapfile.c $(GEN)/render/mapfile.h &: $(TOOLS)/embed $(MAPFILES)
	@mkdir -p $(@D)
	@$(TOOLS)/embed --name mapfile --out $(GEN)/render/mapfile $(MAPFILES)

GEN_HEADERS := $(patsubst src/%,$(GEN)/%.h,$(SQL) $(HTML)) $(GEN)/text/msg_ids.h $(GEN)/page/assets.h $(GEN)/app/seed.h $(GEN)/feature/account/wordlist.h $(GEN)/render/mapfile.h
.PHONY: gen
gen: $(GEN_HEADERS)

# ---- objects, archives, tests: one set of rules for each folder -------------------------------------------
# Generated headers that a folder can see are made before its objects are.
gen_headers_of = $(filter $(foreach d,$(call closure,$(1)),$(GEN)/$(d)/%),$(GEN_HEADERS))

define FOLDER
$(B)/$(1)/%_pages.o: src/$(1)/%_pages.c | $$(call gen_headers_of,$(1))
	$$(call compile,$(1) $$(SEES.$(1)) $$(PAGES))
$(B)/$(1)/%_api.o: src/$(1)/%_api.c | $$(call gen_headers_of,$(1))
	$$(call compile,$(1) $$(SEES.$(1)) $$(PAGES))
$(B)/$(1)/%_test.o: src/$(1)/%_test.c | $$(call gen_headers_of,$(1))
	$$(call compile,$$(call closure,$(1)))
$(B)/$(1)/%.o: src/$(1)/%.c | $$(call gen_headers_of,$(1))
	$$(call compile,$(1) $$(SEES.$(1)))
$(B)/gen/$(1)/%.html.o: $(GEN)/$(1)/%.html.c | $$(call gen_headers_of,$(1))
	$$(call compile,$(1) $$(SEES.$(1)) $(if $(filter feature/% channel/%,$(1)),$$(PAGES)))
$(B)/gen/$(1)/%.o: $(GEN)/$(1)/%.c | $$(call gen_headers_of,$(1))
	$$(call compile,$(1) $$(SEES.$(1)))
$(B)/alone/$(1)/%.ok: src/$(1)/%.h | $$(call gen_headers_of,$(1))
	@mkdir -p $$(@D)
	@$$(CCMODE) $$(CFLAGS) $$(call iquote,$$(call closure,$(1))) -fsyntax-only -x c -MMD -MP -MT $$@ -MF $$(@:.ok=.d) $$<
	@touch $$@
$(B)/lib/$(1).a: $$(call objs_of,$(1))
	@mkdir -p $$(@D)
	@rm -f $$@ && ar rcs $$@ $$^
$(B)/$(1)/%_test: $(B)/$(1)/%_test.o $$(call archives,$(1))
	@echo "  LINK   $$(@F)"
	@$$(CCMODE) $$(LINK_$(MODE)) -o $$@ $$< -Wl,--start-group $$(call archives,$(1)) -Wl,--end-group $$(PKG_LIBS) -lcmocka
endef
define compile
@mkdir -p $(@D)
@echo "  CC     $(<F)"
@$(CCMODE) $(CFLAGS) $(call iquote,$(1)) -MMD -MP -c -o $@ $<
endef
$(foreach d,$(FOLDERS) worker courier,$(eval $(call FOLDER,$(d))))

$(B)/worker/% $(B)/alone/worker/%: CFLAGS += $(WORKER_CFLAGS)
$(B)/worker/%_test $(B)/sunwai-worker: PKG_LIBS += $(WORKER_LIBS)

ALL_ARCHIVES := $(patsubst %,$(B)/lib/%.a,$(FOLDERS))
$(B)/sunwai: $(ALL_ARCHIVES)
	@echo "  LINK   $(@F)"
	@$(CCMODE) $(LINK_$(MODE)) -o $@ -Wl,--start-group $(ALL_ARCHIVES) -Wl,--end-group $(PKG_LIBS)
$(B)/sunwai-worker $(B)/sunwai-courier: $(B)/sunwai-%: $(B)/lib/%.a $(B)/lib/companion.a $(B)/lib/base.a
	@echo "  LINK   $(@F)"
	@$(CCMODE) $(LINK_$(MODE)) -o $@ -Wl,--start-group $^ -Wl,--end-group $(PKG_LIBS)

UNIT_TESTS := $(foreach d,$(FOLDERS) worker,$(patsubst src/%.c,$(B)/%,$(call test_of,$(d))))
.PHONY: unit unit-build
unit-build: $(UNIT_TESTS)
unit: unit-build ## unit tests only
	@tests/run-unit $(UNIT_TESTS)

# ---- fuzz -------------------------------------------------------------------------------------------------
# tests/fuzz/fuzz_X.c is one target; FUZZ_SEES.X is what it is compiled and linked with, base and text unless said.
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SEES.wire := base companion
FUZZ_SEES.paper := base companion
FUZZ_SEES.book := base companion
FUZZ_SEES.xlsx := base companion worker
FUZZ_SEES.grid := base companion
FUZZ_SEES.form := base text http
FUZZ_SEES.sieve := base text http
FUZZ_SEES.pdf := base companion worker
$(B)/fuzz/%_pdf: PKG_LIBS += $(shell pkg-config --libs libqpdf 2>/dev/null)
$(B)/fuzz/%_xlsx: PKG_LIBS += $(shell pkg-config --libs expat libzip 2>/dev/null) -lm
FUZZ_SEES.admission := base text http
FUZZ_SEES.json_input := base store text http page render web
FUZZ_SEES.cookie := base store text http page render web
FUZZ_SEES.clock := base store text feature/flow
FUZZ_SEES.control := base store
FUZZ_SEES.sealed := base store
FUZZ_SEES.record := base store text http page render web feature/device
FUZZ_SEES.kit := base feature/kit
FUZZ_SEES.config := $(FOLDERS)
FUZZ_SEES.order := $(FOLDERS)
FUZZ_SEES.import := $(FOLDERS)
fuzz_sees = $(or $(FUZZ_SEES.$(1)),base text)
fuzz_archives = $(patsubst %,$(B)/lib/%.a,$(call fuzz_sees,$(1)))
define FUZZ_TARGET
$(B)/fuzz/fuzz_$(1).o: tests/fuzz/fuzz_$(1).c | $$(filter $$(foreach d,$$(call fuzz_sees,$(1)),$(GEN)/$$(d)/%),$$(GEN_HEADERS))
	$$(call compile,$$(call fuzz_sees,$(1)))
$(B)/fuzz/fuzz_$(1): $(B)/fuzz/fuzz_$(1).o $$(call fuzz_archives,$(1))
	@echo "  LINK   $$(@F)"
	@$$(CCMODE) $$(LINK_$(MODE)) -fsanitize=fuzzer -o $$@ $$< -Wl,--start-group $$(call fuzz_archives,$(1)) -Wl,--end-group $$(PKG_LIBS)
$(B)/fuzz/replay_$(1): $(B)/fuzz/replay.o $(B)/fuzz/fuzz_$(1).o $$(call fuzz_archives,$(1))
	@echo "  LINK   $$(@F)"
	@$$(CCMODE) $$(LINK_$(MODE)) -o $$@ $(B)/fuzz/replay.o $(B)/fuzz/fuzz_$(1).o -Wl,--start-group $$(call fuzz_archives,$(1)) -Wl,--end-group $$(PKG_LIBS)
endef
$(foreach t,$(FUZZ),$(eval $(call FUZZ_TARGET,$(t))))
$(B)/fuzz/replay.o: tests/fuzz/replay.c
	$(call compile,base)
.PHONY: fuzz-build corpus
fuzz-build: ## libFuzzer targets, in build/fuzz/fuzz
	@$(MAKE) MODE=fuzz $(FUZZ:%=build/fuzz/fuzz/fuzz_%)
.PHONY: fuzz
fuzz: fuzz-build ## fuzz every target (SECONDS=60 each) and write the numbers into tests/fuzz/LEDGER.md
	@tests/run-fuzz $(or $(SECONDS),60)
	@tests/fuzz/ledger build/fuzz-logs
corpus: $(FUZZ:%=$(B)/fuzz/replay_%) ## replay every fuzz corpus with the compiler of MODE
	@tests/fuzz/run-corpus $(B)/fuzz

# ---- benchmarks -------------------------------------------------------------------------------------------
# The client that loads and checks, and the ceilings it is held against; tests/bench/README.md.
BENCH := build/bench
BENCH_LIBS.raw := -lsqlite3
BENCH_LIBS.bare := -lmicrohttpd
$(BENCH)/%: tests/bench/%.c
	@mkdir -p $(@D)
	@echo "  BENCH  $*"
	@gcc -std=gnu17 -D_GNU_SOURCE -g -O2 $(WARN) $(WARN_gcc) -o $@ $< $(BENCH_LIBS.$*)
# What sends mutated requests; tests/load/mutate.mjs.
build/load/%: tests/load/%.c
	@mkdir -p $(@D)
	@echo "  LOAD   $*"
	@gcc -std=gnu17 -D_GNU_SOURCE -g -O2 $(WARN) $(WARN_gcc) -o $@ $<
.PHONY: bench bench-tools
SIZES ?= 1e5 1e6
bench: ## workloads beside their ceilings, on kept populations (SIZES="1e5 1e6"); prints the tables of docs/performance.md
	@$(MAKE) deps-proof
	@$(MAKE) all bench-tools
	@tests/browser/node tests/bench/run.mjs $(SIZES)
bench-tools: $(BENCH)/client $(BENCH)/raw $(BENCH)/bare build/load/mutate

# ---- faults: what is loaded before the program and makes its calls fail -------------------------------------
SHIM := build/release/fault/shim.so
$(SHIM): tests/fault/shim.c
	@mkdir -p $(@D)
	@echo "  LINK   $(@F)"
	@$(HOSTC) -fPIC -shared -o $@ $<
SOAK := build/release/fault/soak
SOAK_ARCHIVES := $(patsubst %,$(B)/lib/%.a,base store)
$(B)/fault/soak.o: tests/fault/soak.c | $(filter $(GEN)/store/%,$(GEN_HEADERS))
	$(call compile,base store)
$(B)/fault/soak: $(B)/fault/soak.o $(SOAK_ARCHIVES)
	@echo "  LINK   $(@F)"
	@$(CCMODE) $(LINK_$(MODE)) -o $@ $< -Wl,--start-group $(SOAK_ARCHIVES) -Wl,--end-group $(PKG_LIBS)

# As on an older kernel; tests/web/confine_test.mjs.
WITHOUT := build/release/fault/without
$(WITHOUT): tests/fault/without.c
	@mkdir -p $(@D)
	@echo "  LINK   $(@F)"
	@$(HOSTC) -o $@ $< -lseccomp

# ---- first steps: what is needed, and a demonstration to look at -------------------------------------------
PORT ?= 8080
DEMO := var/demo
deps_of = $(shell awk -v want=" $(1) " '/^\[/{g=" " substr($$0,2,length($$0)-2) " "} /^[a-z0-9]/{if(index(want,g)) print}' deps.txt)
define install_missing
@missing=$$(for p in $(1); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q '^install ok installed' || command -v $$p >/dev/null || echo $$p; done); \
if [ -n "$$missing" ]; then \
  echo "Installing Debian packages:" $$missing; \
  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
fi
endef
.PHONY: deps deps-test deps-proof run install
deps: ## install the Debian packages that building and running need, if any is missing
	$(call install_missing,$(call deps_of,run))
deps-test: ## the same for the tests
	$(call install_missing,$(call deps_of,run test))
deps-proof:
	$(call install_missing,$(call deps_of,run test proof))
install: all ## program, manual pages and units of systemd into the system (DESTDIR=… for another root), as docs/operate.md says
	install -D -m 755 -t $(DESTDIR)/usr/bin $(B)/sunwai $(B)/sunwai-worker $(B)/sunwai-courier
	install -D -m 644 -t $(DESTDIR)/usr/share/man/man1 docs/man/sunwai.1
	install -D -m 644 -t $(DESTDIR)/usr/share/man/man5 docs/man/sunwai.ini.5
	install -D -m 644 -t $(DESTDIR)/usr/lib/systemd/system deploy/systemd/*.service deploy/systemd/*.timer
run: ## a demonstration on http://127.0.0.1:8080/ (PORT=… for another port), kept in var/demo
	@$(MAKE) deps
	@$(MAKE) -s all
	@if [ -e $(DEMO)/demo-logins ]; then cat $(DEMO)/demo-logins; else mkdir -p $(dir $(DEMO)) && $(B)/sunwai demo --data $(DEMO); fi
	@exec $(B)/sunwai serve --data $(DEMO) --port $(PORT)

# ---- tests ------------------------------------------------------------------------------------------------
# What is tested stands in tests/parts, one line for each part. Everything runs in folders of its own under $TMPDIR.
REPLAYS = $(FUZZ:%=$(B)/fuzz/replay_%)
.PHONY: test proof test-built proof-built asan
test: ## everything that must hold, in under ten minutes; ends with "N passed, N failed"
	@$(MAKE) deps-test
	@$(MAKE) test-built
test-built: all unit-build bench-tools $(REPLAYS) $(SHIM) $(SOAK) $(WITHOUT)
	@tests/browser/node --version >/dev/null
	@UNIT="$$(printf '%s\n' $(UNIT_TESTS))" tests/run test $(PARTS)
proof: ## the same and more: all widths, both compilers, sanitizers, fuzzing, faults and load at length; several hours
	@$(MAKE) deps-proof
	@$(MAKE) proof-built
proof-built: all unit-build bench-tools $(REPLAYS) $(SHIM) $(SOAK) $(WITHOUT)
	@$(MAKE) MODE=clang all unit-build $(FUZZ:%=build/clang/fuzz/replay_%)
	@$(MAKE) MODE=asan all unit-build $(FUZZ:%=build/asan/fuzz/replay_%)
	@$(MAKE) fuzz-build
	@tests/browser/node --version >/dev/null
	@UNIT="$$(printf '%s\n' $(UNIT_TESTS))" tests/run proof $(PARTS)
asan: ## unit tests and corpus under ASan and UBSan
	@$(MAKE) MODE=asan all unit corpus

# Which lines the tests ran, file by file (tests/check/coverage.tsv has the reasons for what they did not).
.PHONY: cov
cov: ## coverage by the unit tests and the HTTP suites
	@$(MAKE) MODE=cov all unit-build
	@tests/check/coverage

# Each header compiles by itself: who includes it need not know what it needs.
.PHONY: headers
headers: $(patsubst src/%.h,$(B)/alone/%.ok,$(wildcard src/*/*.h src/feature/*/*.h)) ## whether each header stands alone

# What a reader of code finds that a compiler does not: gcc's analyzer and clang-tidy look at every file of the product.
.PHONY: objects analyze
objects: $(ALL_ARCHIVES) $(B)/lib/worker.a $(B)/lib/courier.a
analyze: ## gcc -fanalyzer, clang-tidy and cppcheck over the product; about ten minutes
	@$(MAKE) MODE=analyze objects
	@$(MAKE) MODE=tidy objects
	@tests/check/cppcheck

.PHONY: clean help
clean: ## remove everything that was built
	rm -rf build
help: ## this list
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 14

-include $(shell find $(B) -name '*.d' 2>/dev/null)
