printf '%(%Y)T\n' 0; TZ=Asia/Tokyo printf '%(%H %Z)T\n' 0; date -d @0 +%F; printf '%q %b %x\n' 'a b' 'x\ty' 255
