kill -HUP $$; sleep 1
