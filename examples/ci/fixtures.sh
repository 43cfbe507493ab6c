#!/bin/sh
# Rows of a template into a file that tests read: the same build gets the same rows.
#
#   DM_URL, DM_API_KEY   a server, and a key of it with the scope `generate`
#   TEMPLATE             the id of the template
#   BUILD                what the rows follow from, such as the commit
#   FIXTURE              the file (default: fixtures/rows.json)
#   COUNT                how many rows (default: 200)
set -eu
: "${DM_URL:?}" "${DM_API_KEY:?}" "${TEMPLATE:?}" "${BUILD:?}"
fixture=${FIXTURE:-fixtures/rows.json}
mkdir -p "$(dirname "$fixture")"
# The key goes in by stdin: whoever lists processes sees what is in a command line.
if ! printf 'Authorization: Bearer %s\n' "$DM_API_KEY" | curl --silent --show-error --fail-with-body --retry 3 \
  --header @- --header 'Content-Type: application/json' \
  --data "{\"count\": ${COUNT:-200}, \"format\": \"json\", \"seed\": \"$BUILD\"}" \
  --output "$fixture.partial" "$DM_URL/templates/$TEMPLATE/generate"; then
  if [ -f "$fixture.partial" ]; then cat "$fixture.partial" >&2; fi
  exit 1
fi
mv "$fixture.partial" "$fixture"
echo "${COUNT:-200} rows are in $fixture"
