# SPDX-License-Identifier: MIT
# For quickstart and tests/run: how a build directory is made and brought up to date.
has_installed=0

build() { # DIRECTORY [MESON OPTION...]      TARGETS: what of it, where it is not all
    local directory=$1
    shift
    # An existing build directory keeps what it has built; meson notices by itself what changed in the build files.
    [ -e "$directory/build.ninja" ] || meson setup "$directory" "$@" >/dev/null
    # What was missing when it was set up may be there now: cmocka.
    [ $has_installed = 0 ] || meson setup --reconfigure "$directory" >/dev/null
    ninja -C "$directory" --quiet ${TARGETS-}
}
