# exrun: {"stdin": "x\ny\n"}
p IO.select([$stdin], nil, nil, 1)&.first&.first == $stdin, $stdin.read_nonblock(10), ($stdin.read_nonblock(10) rescue $!.class), $stdin.wait_readable(0.1).class rescue p $!
