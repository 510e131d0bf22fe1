begin
  exit 300
rescue SystemExit => e
  p e.status, e.success?, e.message
end
begin exit false; rescue SystemExit => e; p e.status end
begin abort; rescue SystemExit => e; p e.status, e.message end
begin abort "words"; rescue SystemExit => e; p e.status, e.message end
exit 259
