<?php
print_r(stream_get_wrappers()); print_r(stream_get_filters()); print_r(stream_get_transports()); var_dump(stream_isatty(STDIN), posix_isatty(STDOUT), stream_get_meta_data(STDOUT));
