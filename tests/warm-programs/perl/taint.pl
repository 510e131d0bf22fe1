print ${^TAINT}, "\n"; system "echo $ENV{PATH}";
