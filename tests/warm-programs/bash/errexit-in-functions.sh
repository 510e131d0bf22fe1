set -eu; f() { false; echo "still"; }; f || echo or; if f; then echo then; fi; x=$(false); echo never
