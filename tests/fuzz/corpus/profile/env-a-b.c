{
    "v" : 1, "name" : "x",
                      "title" : "X",
                                "entry" : "main.x",
                                          "endings" : [".x"],
                                                      "program"
        : {"name" : "bash", "package" : "bash", "version" : [ "bash", "--version" ]},
          "compile" : {"argv" : [ "gcc", "{entry}" ], "produces" : "main", "limits" : {"wall_ms" : 1000}},
                      "run" : [ "/bin/bash", "-m{memory_mib}", "{args}" ],
                              "env" : {"A" : "b", "A=B" : "c"},
                                      "env_denied" : ["A*"],
                                                     "mounts" : [ "/usr", "/bin" ],
                                                                "network" : "none",
                                                                            "limits"
        : {"min" : {"files" : 16}, "default" : {"files" : 32}, "max" : {"files" : 64}},
          "policy" : {"base" : "common", "allow" : ["inotify_init1"], "errno" : {"sync" : "EPERM"}},
                     "errors":
    {
        "line" : "main.x:([0-9]+)", "line_is" : "last", "kinds" : [ {"is" : "zero", "match" : "division"} ]
    }
}