set -v
echo one # words
for n in 1 2; do
  echo $n
done
