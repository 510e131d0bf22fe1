cat >main.sh <<'END'
echo replaced one
echo replaced two
echo replaced three
echo replaced four
END
echo first
echo second
