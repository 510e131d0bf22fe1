set -n
echo never
if
