/* Expect: compile_failed. The compiler's words come back with the visitor's own file name. */
int main(void)
{
    return missing;
}
