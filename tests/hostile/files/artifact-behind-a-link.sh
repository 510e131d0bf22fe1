# SPDX-License-Identifier: MIT
# tries: leaves a directory that is a link, with the artifact behind it
# layer: artifact-links
# source: Judge0 CVE-2024-28189
# expect: ok
# says: symbolic link
# artifacts: d/secret r@DIR@/secret own/secret own/*
# breach: BREACH
ln -s @DIR@ d; ln -s / r; mkdir t; echo "BREACH: it was followed" >t/secret; ln -s t own
