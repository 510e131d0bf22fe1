puts(<<~ONE, <<-'TWO', <<~"THREE".lines.map(&:strip).join("|"), __LINE__)
  one #{1 + 1} #{<<~INNER}
    inner #{__LINE__}
  INNER
ONE
  two #{not}
  TWO
  three
    indented
THREE
p __LINE__
