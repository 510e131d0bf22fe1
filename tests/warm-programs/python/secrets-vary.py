# exrun: {"varies": true}
import os, secrets, uuid, tempfile
print(secrets.token_hex(8), uuid.uuid4(), uuid.uuid1(), os.urandom(4), tempfile.mktemp())
