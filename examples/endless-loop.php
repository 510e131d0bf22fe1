<?php // Expect: cpu_timeout. Burns CPU time for ever.
while (true);
