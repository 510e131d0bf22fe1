# Expect: timeout. The bomb fills its own cell, and nobody else's; limits_hit names the processes.
bomb() { bomb | bomb & }
bomb
sleep 60
