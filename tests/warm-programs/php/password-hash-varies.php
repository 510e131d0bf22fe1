<?php
# exrun: {"varies": true}
echo password_hash('x', PASSWORD_BCRYPT, ['cost' => 4]);
