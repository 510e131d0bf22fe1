<?php
// SPDX-License-Identifier: MIT
// Runs a program in a cell by libexrun, through FFI: no process of exrun's own is started.
//
//   php -d ffi.enable=1 run.php 'echo 6 * 7;'

$exrun = FFI::cdef('
    struct exrun;
    struct exrun_error { int status; char where[192]; char what[256]; char hint[256]; };
    int exrun_open(struct exrun **ret, struct exrun_error *err);
    void exrun_close(struct exrun *exrun);
    int exrun_run_text(struct exrun *exrun, const char *request, size_t size, char **ret_answer, struct exrun_error *err);
    void exrun_text_free(char *text);
', getenv('LIBEXRUN') ?: 'libexrun.so.0');

$handle = $exrun->new('struct exrun *');
$why = $exrun->new('struct exrun_error');
$answer = $exrun->new('char *');

if ($exrun->exrun_open(FFI::addr($handle), FFI::addr($why)) < 0) {
    fwrite(STDERR, FFI::string($why->what) . "\n");
    exit(70);
}
$request = json_encode(['profile' => 'php', 'source' => '<?php ' . ($argv[1] ?? 'echo "hello";'), 'limits' => ['wall_ms' => 2000]]);
$exrun->exrun_run_text($handle, $request, strlen($request), FFI::addr($answer), FFI::addr($why));
$result = json_decode(FFI::string($answer), true);
$exrun->exrun_text_free($answer);
$exrun->exrun_close($handle);

if (isset($result['problem'])) {
    fwrite(STDERR, $result['problem']['detail'] . "\n");
    exit(65);
}
echo $result['stdout'], "\n", $result['verdict'], ': ', $result['message'], "\n";
