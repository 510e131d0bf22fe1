# exrun: {"files": [{"path": ".bashrc", "content": "echo bashrc\n"}, {"path": ".bash_profile", "content": "echo profile\n"}, {"path": "env.sh", "content": "echo from env\n"}]}
echo $BASH_ENV; BASH_ENV=env.sh bash -c 'echo inner'; bash -l -c 'echo login'; bash -i -c 'echo interactive' 2>/dev/null
