(sleep 60 &) ; (setsid sleep 60 &); echo parent ends
