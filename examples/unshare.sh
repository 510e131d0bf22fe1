# Expect: denied, for unshare. A namespace of one's own is the first step of many an escape.
unshare --user --map-root-user id
