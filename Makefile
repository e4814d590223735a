# For a newcomer: `make demo` and `make test`. The rest is for those who work here.
CARGO ?= cargo
BUILT = $(or $(CARGO_TARGET_DIR),target)

.PHONY: demo test check bench fmt docs deny

# Two people write to each other without learning who the other is. DEMO_SECONDS=20 plays it and ends.
demo:
	$(CARGO) run --bin brevbro -- demo

# Everything: formatting, lints, unit tests, both stores, real peers. Installs what is missing on Debian or Ubuntu.
test:
	tests/install
	$(CARGO) fmt --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	$(CARGO) build --bin brevbro
	RUST_TEST_THREADS=8 tests/with-postgres $(CARGO) test --workspace --no-fail-fast

# The fast inner loop: installs nothing, SQLite only.
check:
	$(CARGO) fmt --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	env -u BREVBRO_TEST_POSTGRES $(CARGO) test --workspace --exclude brevbro-tests
	$(CARGO) test --package brevbro-tests --test house_rules

# Speed, latency, CPU and memory beside Postfix as a plain relay and beside no relay at all; about five minutes,
# and as many for the build.
bench:
	$(CARGO) build --release --bin brevbro
	python3 bench/bench.py --binary $(BUILT)/release/brevbro $(BENCH)

fmt:
	$(CARGO) fmt

# Writes the pages that are made from the code.
docs:
	$(CARGO) run --quiet --bin brevbro -- config-reference > docs/configuration.md.new
	mv docs/configuration.md.new docs/configuration.md

# Licences, bans and sources of every dependency; the house rules check the licences even without cargo-deny.
deny:
	@if $(CARGO) deny --version >/dev/null 2>&1; then $(CARGO) deny --offline check licenses bans sources; \
	else echo "cargo-deny is not installed: the house rules alone check the licences"; \
	$(CARGO) test --package brevbro-tests --test house_rules dependencies; fi
