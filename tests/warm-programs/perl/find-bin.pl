use FindBin; print "$FindBin::Bin $FindBin::Script $FindBin::RealBin\n";
