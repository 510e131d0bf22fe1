# SPDX-License-Identifier: MIT
"""Java programs of several files: all are compiled, and the entry's main method is preferred. tests/cli/test_prepared_languages.py has
the same programs for a prepared compiler."""
import pytest

from conftest import IS_SANITIZER_BUILD

pytestmark = pytest.mark.skipif(IS_SANITIZER_BUILD, reason="Java is the same in both builds; the plain one is asked")

CLASS = "%spublic class %s { public static void main(String[] a) throws Exception { %s } }\n"
SAY = 'System.out.print("%s");'
OTHER = CLASS % ("package lib; ", "Other", SAY % "other")
ENDS = {
    "a class by its name": (CLASS % ("", "Main", 'System.out.print(Class.forName("lib.Other").getSimpleName());'), {"lib/Other.java": OTHER}, "Other"),
    "a service": (CLASS % ("", "Main", "for (Runnable r : java.util.ServiceLoader.load(Runnable.class)) r.run();"),
                  {"META-INF/services/java.lang.Runnable": "R\n", "R.java": "public class R implements Runnable { public void run() { System.out.print(5); } }"}, "5"),
    "a resource": (CLASS % ("", "Main", 'System.out.print(new String(Main.class.getResourceAsStream("/data.txt").readAllBytes()));'), {"data.txt": "data"}, "data"),
    "main in another file": ("class Main {}\n", {"lib/Other.java": OTHER}, "other"),
    "main in both": (CLASS % ("", "Zoo", SAY % "zoo"), {"lib/Other.java": OTHER, "A.java": CLASS % ("", "A", SAY % "a")}, "zoo"),
    "a comment before the package": (CLASS % ("/* a shop */ package z ;\n", "Zoo", SAY % "zoo"), {"A.java": CLASS % ("", "A", SAY % "a")}, "zoo"),
    "two of the entry's name": (CLASS % ("package z;\n", "Zoo", SAY % "zoo"), {"a/Main.java": CLASS % ("package a;\n", "Main", SAY % "a")}, "zoo"),
}
CLASS_B = "class B {\n  int x = y;\n}\n"


@pytest.mark.parametrize("name", ENDS)
def test_a_program_of_several_files_runs(run, name):
    source, files, told = ENDS[name]
    result = run({"profile": "java", "source": source, "files": [{"path": path, "content": text} for path, text in files.items()]}, timeout=120)
    assert (result["verdict"], result["stdout"]) == ("ok", told), result


@pytest.mark.parametrize("name", ["Main", "Foo"])
def test_a_mistake_in_any_file_is_told(run, name):
    result = run({"profile": "java", "source": CLASS % ("", name, ""), "files": [{"path": "B.java", "content": CLASS_B}]}, timeout=120)
    assert result["verdict"] == "compile_failed" and result["compile"]["stderr"].startswith("B.java:2: error"), result
