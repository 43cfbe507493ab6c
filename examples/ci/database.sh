#!/bin/sh
# A database of the build's own, with its tables and rows that keep their rules; needs no server of DataMaker.
#
#   DATAMAKER_TARGET_URL   the database, such as postgres://user:password@localhost:5432/shop
#   MIGRATIONS             what makes the tables (default: migrations.sql)
#   BUILD                  what the rows follow from, such as the commit
#   DATAMAKER              how the command is called (default: npx --yes @datamaker/cli)
set -eu
: "${DATAMAKER_TARGET_URL:?}" "${BUILD:?}"
datamaker=${DATAMAKER:-npx --yes @datamaker/cli}
psql "$DATAMAKER_TARGET_URL" --quiet --set ON_ERROR_STOP=1 --file "${MIGRATIONS:-migrations.sql}"
# The receipt says which rows were written: `datamaker undo` removes exactly these.
$datamaker seed --seed "$BUILD" --yes --receipt seed.receipt.json
$datamaker verify seed.receipt.json
