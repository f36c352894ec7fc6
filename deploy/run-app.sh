#!/bin/sh
# run-app.sh apps/query [arguments]: the app takes the place of the shell, so that signals reach it.
app=$1
shift
exec node --enable-source-maps "dist/$app/src/main.js" "$@"
