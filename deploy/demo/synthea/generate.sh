#!/bin/bash
# Makes the demo's CSV files anew with Synthea itself: the same bytes on every run.
# Needs Maven, Java 11 or newer and Python 3; downloads about 200 MB into a temporary folder.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mvn --batch-mode --quiet --file "$here/pom.xml" dependency:copy-dependencies \
  -DoutputDirectory="$work/jars"

# One thread, because Synthea numbers transactions in the order in which its threads write them.
(cd "$work" && java -Duser.timezone=UTC -Duser.language=en -cp 'jars/*' App \
  -s 13 -cs 13 -r 20251231 -e 20251231 -p 54 \
  --generate.thread_pool_size=1 \
  --generate.only_alive_patients=true \
  --generate.append_numbers_to_person_names=false \
  --generate.payers.adjustment_behavior=random \
  --exporter.years_of_history=3 \
  --exporter.baseDirectory=output/ \
  --exporter.csv.export=true \
  --exporter.fhir.export=false \
  --exporter.hospital.fhir.export=false \
  --exporter.practitioner.fhir.export=false \
  --exporter.metadata.export=false \
  Massachusetts Gardner)

python3 "$here/../reduce_synthea.py" "$work/output/csv" "$here"
