<?php
# exrun: {"artifacts": ["*.txt", "img/*", "none"]}
mkdir('img'); file_put_contents('b.txt', 'b'); file_put_contents('a.txt', "a\n"); file_put_contents('img/x.png', "\x89PNG\xff");
