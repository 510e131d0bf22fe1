<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Feature;

use Exrun\Laravel\Contracts\ExampleRepository;
use Exrun\Laravel\Examples\Catalogue;
use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\Run;
use Exrun\Laravel\Support\Built;
use Exrun\Laravel\Support\Finding;
use Exrun\Laravel\Tests\TestCase;
use Exrun\Laravel\View\OnPage;
use Illuminate\Filesystem\Filesystem;
use Illuminate\Support\Facades\Artisan;
use Illuminate\Support\Facades\Blade;
use Illuminate\Support\Facades\Route;
use Illuminate\Support\Facades\Vite;
use Illuminate\Support\Str;
use PHPUnit\Framework\Attributes\DataProvider;

/**
 * Snippets of a Blade page, how examples are put together, and the files of the element.
 */
final class PageTest extends TestCase
{
    private string $folder;

    protected array $env = ['EXRUN_HTTP' => 'true'];

    protected function setUp(): void
    {
        parent::setUp();
        $this->folder = sys_get_temp_dir().'/exrun-page-'.bin2hex(random_bytes(6));
        config()->set('exrun.examples.path', $this->folder);
        $this->write([
            'a/first.php' => "<?php\n\$prices = ['tea' => 3.42];\n",
            'a/second.php' => "<?php\necho \$prices['tea'] < 4 ? 'cheap & good' : '';\n",
            'a/second.php.out' => "\ncheap & good\n",
            'a/second.php.json' => '{"title": "Prices", "depends_on": ["a/first"], "args": ["one", "two words"], "compare": "no"}',
            'a/inside.c' => "puts(\"hidden\");\n",
            'a/inside.c.json' => '{"template": "_main.c", "files": ["_data.csv", "_data.csv"]}',
            'a/_main.c' => "#include <stdio.h>\nint main(void)\n{\n##CODE##\n}\n",
            'a/_data.csv' => "x,y\n",
            'a/greets.py' => "print(input())\n",
            'a/greets.py.in' => "Ada\n",
            'a/asks.py' => "print(input())\n",
            'a/asks.py.in' => "Ada\n",
            'a/asks.py.json' => '{"stdin": "ask"}',
        ]);
    }

    protected function tearDown(): void
    {
        (new Filesystem)->deleteDirectory($this->folder);
        (new Filesystem)->deleteDirectory(public_path('vendor'));
        parent::tearDown();
    }

    /** @param array<string, string> $files */
    private function write(array $files): void
    {
        foreach ($files as $name => $content) {
            (new Filesystem)->ensureDirectoryExists(dirname("{$this->folder}/{$name}"));
            file_put_contents("{$this->folder}/{$name}", $content);
        }
    }

    private function source(string $name): string
    {
        $catalogue = app(Catalogue::class);

        return $catalogue->sourceOf($catalogue->named($name));
    }

    public function test_an_example_comes_after_those_that_it_depends_on(): void
    {
        $this->assertSame("<?php\n\$prices = ['tea' => 3.42];\n\necho \$prices['tea'] < 4 ? 'cheap & good' : '';\n", $this->source('a/second'));
        $this->assertSame("<?php\n\$prices = ['tea' => 3.42];\n", $this->source('a/first'));
        $this->write(['a/third.php' => "<?php\necho 3;\n", 'a/third.php.json' => '{"depends_on": ["a/second", "a/first"]}']);
        request()->attributes->remove(OnPage::class);
        $this->assertSame(1, substr_count($this->source('a/third'), '$prices ='));
    }

    public function test_an_example_keeps_its_tag_behind_php_that_ends_outside_of_its_tags(): void
    {
        foreach (['$a = 1; ?>', '$a = 1; // ?>', "\$a = 1; ?>\n<p>text"] as $end) {
            $this->write(['a/ends.php' => "<?php {$end}\n", 'a/after.php' => "<?php echo \$a;\n", 'a/after.php.json' => '{"depends_on": ["a/ends"]}']);
            $catalogue = new Catalogue(app(ExampleRepository::class));
            $this->assertSame("<?php {$end}\n<?php echo \$a;\n", $catalogue->sourceOf($catalogue->named('a/after')));
        }

        $this->write(['a/ends.php' => "<?php \$a = '?>';\n"]);
        $catalogue = new Catalogue(app(ExampleRepository::class));
        $this->assertSame("<?php \$a = '?>';\n echo \$a;\n", $catalogue->sourceOf($catalogue->named('a/after')));
    }

    public function test_the_files_of_what_an_example_depends_on_are_there_and_its_own_ones_win(): void
    {
        $this->write([
            'a/_own.csv' => 'own',
            'a/list.php' => '<?php', 'a/list.php.json' => '{"files": {"data.csv": "_data.csv", "other.csv": "_data.csv"}}',
            'a/between.php' => '<?php', 'a/between.php.json' => '{"depends_on": ["a/list"]}',
            'a/reads.php' => '<?php', 'a/reads.php.json' => '{"depends_on": ["a/between"], "files": {"data.csv": "_own.csv"}}',
        ]);
        $catalogue = app(Catalogue::class);
        $this->assertSame(['data.csv' => 'own', 'other.csv' => "x,y\n"], $catalogue->filesOf($catalogue->named('a/reads')));
        Exrun::fake();
        Artisan::call('examples:verify', ['pattern' => 'a/reads']);
        Exrun::assertRan(fn (Run $run): bool => array_keys($run->files) === ['data.csv', 'other.csv']);
        $html = Blade::render('<x-exrun-snippet example="a/reads" />');
        $this->assertStringContainsString('files="data.csv:#exrun-a-list-file-0,other.csv:#exrun-a-list-file-1" hidden="hidden"', $html);
    }

    public function test_an_example_is_inside_its_hidden_code(): void
    {
        $this->assertSame("#include <stdio.h>\nint main(void)\n{\nputs(\"hidden\");\n}\n", $this->source('a/inside'));
        $this->assertSame(['_data.csv' => "x,y\n"], app(Catalogue::class)->named('a/inside')->setup->files);
    }

    /** @return array<string, array{array<string, string>, string, string}> files, example, sentence */
    public static function mistakes(): array
    {
        return [
            'itself' => [['a/first.php.json' => '{"depends_on": ["a/second"]}'], 'a/second', 'depends_on of "a/second" leads back to itself.'],
            'nobody' => [['a/first.php.json' => '{"depends_on": ["a/none"]}'], 'a/first', 'There is no example "a/none".'],
            'no object' => [['a/first.php.json' => '[1'], 'a/first', 'a/first.php.json is not a JSON object.'],
            'a member' => [['a/first.php.json' => '{"stding": "ask"}'], 'a/first', 'a/first.php.json has "stding". An example may have: title, template, files'],
            'a type' => [['a/first.php.json' => '{"args": "one"}'], 'a/first', '/args must be a list of texts.'],
            'another type' => [['a/first.php.json' => '{"title": 1}'], 'a/first', '/title must be text.'],
            'a word' => [['a/first.php.json' => '{"stdin": "asks"}'], 'a/first', '/stdin must be "text" or "ask".'],
            'no template' => [['a/first.php.json' => '{"template": "_none.php"}'], 'a/first', '_none.php can\'t be read.'],
            'another language' => [['a/first.php.json' => '{"depends_on": ["a/greets"]}'], 'a/first', '"a/first" depends on "a/greets", which is in another language.'],
            'a name' => [['a/first.php.json' => '{"files": {"a,b.txt": "_data.csv"}}'], 'a/first', '"a,b.txt" can\'t be a name on a page.'],
            'no mark' => [['a/first.php.json' => '{"template": "_x.php"}', 'a/_x.php' => "<?php\n"], 'a/first', '/template: _x.php has no ##CODE##.'],
        ];
    }

    /** @param array<string, string> $files */
    #[DataProvider('mistakes')]
    public function test_a_mistake_is_told(array $files, string $example, string $sentence): void
    {
        $this->write($files);
        $this->expectException(Finding::class);
        $this->expectExceptionMessage($sentence);
        $this->source($example);
    }

    public function test_a_snippet_of_an_example(): void
    {
        $html = Blade::render('<x-exrun-snippet example="a/first" height="9" /><x-exrun-snippet example="a/second" alt="x" />');
        $this->assertStringContainsString('<exrun-snippet id="exrun-a-first" profile="php" example="a/first" language="PHP" height="9" wire:ignore>', $html);
        $this->assertStringContainsString("<pre><code class=\"language-php\">&lt;?php\necho \$prices[&#039;tea&#039;] &lt; 4 ?", $html);
        $this->assertStringContainsString('depends-on="exrun-a-first" args="[&quot;one&quot;,&quot;two words&quot;]" compare="no" alt="x" wire:ignore>', $html);
        $this->assertStringContainsString("<p slot=\"label\">Output:</p>\n<pre slot=\"expected\">\n\ncheap &amp; good\n</pre>", $html);
        $this->assertStringNotContainsString('hidden', $html);
        $this->assertStringNotContainsString('expected', Blade::render('<x-exrun-snippet example="a/second" output="svg" />')); // a picture's text
    }

    public function test_what_a_snippet_depends_on_is_there_if_the_page_does_not_show_it(): void
    {
        $html = Blade::render('<x-exrun-snippet example="a/second" /><x-exrun-snippet example="a/second" />');
        $this->assertMatchesRegularExpression('~<exrun-snippet id="exrun-a-first"[^>]* hidden="hidden" wire:ignore>.*<exrun-snippet id="exrun-a-second"[^>]* depends-on="exrun-a-first".*<exrun-snippet id="exrun-a-second-2"~s', $html);
        $this->assertSame(1, substr_count($html, '"exrun-a-first" profile'));
    }

    public function test_ids_are_the_authors_or_new(): void
    {
        $html = Blade::render('<x-exrun-snippet example="a/first" id="mine" /><x-exrun-snippet example="a/second" />');
        $this->assertStringContainsString('depends-on="mine"', $html);
        $this->assertSame(1, substr_count($html, 'id="mine"'));
        $this->write(['step.php' => '<?php', 'step-2.php' => '<?php']);
        request()->attributes->remove(OnPage::class);
        $html = Blade::render('<x-exrun-snippet example="step" /><x-exrun-snippet example="step" /><x-exrun-snippet example="step-2" />');
        $this->assertSame(['exrun-step', 'exrun-step-2', 'exrun-step-2-2'], Str::of($html)->matchAll('/<exrun-snippet id="([^"]+)"/')->all());
    }

    public function test_the_next_page_of_a_process_begins_anew(): void
    {
        Route::get('/page', fn (): string => Blade::render('<x-exrun-snippet example="a/second" />'));
        $first = $this->get('/page')->assertOk()->getContent();
        $this->assertSame($first, $this->get('/page')->getContent());
        $this->assertStringContainsString('<exrun-snippet id="exrun-a-first"', (string) $first);
    }

    public function test_hidden_code_and_files_are_in_the_page(): void
    {
        $html = Blade::render('<x-exrun-snippet example="a/inside" />');
        $this->assertStringContainsString('template="#exrun-a-inside-template" files="_data.csv:#exrun-a-inside-file-0"', $html);
        $this->assertStringContainsString("<template id=\"exrun-a-inside-template\">\n#include &lt;stdio.h&gt;\nint main(void)\n{\n##CODE##\n}</template>", $html);
        $this->assertStringContainsString("<template id=\"exrun-a-inside-file-0\">\nx,y\n</template>", $html);
    }

    public function test_input_is_in_the_page_or_asked_for(): void
    {
        $this->assertStringContainsString("stdin=\"Ada\n\"", Blade::render('<x-exrun-snippet example="a/greets" />'));
        $this->assertStringContainsString('stdin="ask"', Blade::render('<x-exrun-snippet example="a/asks" />'));
        $this->write(['a/word.py' => 'print(input())', 'a/word.py.in' => 'ask']);
        request()->attributes->remove(OnPage::class);
        $this->assertStringContainsString("stdin=\"ask\n\"", Blade::render('<x-exrun-snippet example="a/word" />'));
    }

    public function test_code_of_the_page_itself(): void
    {
        $html = Blade::render('<x-exrun-snippet profile="javascript" :code="$code" readonly />', ['code' => 'if (1 < 2) x("&amp;")']);
        $this->assertStringContainsString('<exrun-snippet id="exrun-snippet" profile="javascript" language="JavaScript" readonly="readonly" wire:ignore>', $html);
        $this->assertStringContainsString('<pre><code class="language-javascript">if (1 &lt; 2) x(&quot;&amp;amp;&quot;)</code></pre>', $html);
        $html = Blade::render("<x-exrun-snippet profile=\"php\">\n&lt;?php\necho 1;\n</x-exrun-snippet>");
        $this->assertStringContainsString("<pre><code class=\"language-php\">&lt;?php\necho 1;</code></pre>", $html);
        $html = Blade::render('<x-exrun-snippet profile="php"><pre class="shiki"><code>x</code></pre></x-exrun-snippet>');
        $this->assertSame(1, substr_count($html, '<pre'));
    }

    public function test_a_snippet_without_a_language_is_a_mistake(): void
    {
        $this->expectExceptionMessage('<x-exrun-snippet> needs an example, or a profile such as "php" and code.');
        Blade::render('<x-exrun-snippet />');
    }

    public function test_the_scripts_name_files_that_are_served(): void
    {
        $html = Blade::render('@exrunScripts');
        $hash = Built::here()->hash;
        $this->assertStringContainsString("<script src=\"/exrun/{$hash}/exrun.js\" data-server=\"/examples/runs\" data-token-url=\"/examples/token\" defer></script>", $html);
        $this->assertMatchesRegularExpression('~<link rel="stylesheet" href="(/exrun/[0-9a-f]{16}/reserve\.css)">~', $html);

        foreach (['exrun.js' => 'text/javascript', 'reserve.css' => 'text/css'] as $file => $type) {
            $answer = $this->get("/exrun/{$hash}/{$file}")->assertOk();
            $this->assertStringStartsWith($type, (string) $answer->headers->get('Content-Type'));
            $this->assertSame('immutable, max-age=31536000, public', $answer->headers->get('Cache-Control'));
            $this->assertFalse($answer->headers->has('Set-Cookie'));
        }

        $this->assertStringContainsString('no-cache', (string) $this->get('/exrun/0123456789abcdef/exrun.js')->assertOk()->headers->get('Cache-Control'));

        // A page that was kept since the last release.
        $old = $this->get('/exrun/0123456789abcdef/exrun-more-00000000.js')->assertOk();
        $this->assertStringStartsWith('text/javascript', (string) $old->headers->get('Content-Type'));

        foreach (["{$hash}/manifest.json", "{$hash}/exrun-more-00000000.js", '0123456789abcdef/manifest.json', "{$hash}/none.js", "{$hash}/..%2Fcomposer.json", 'x/exrun.js'] as $path) {
            $this->get("/exrun/{$path}")->assertNotFound();
        }
    }

    public function test_a_nonce_and_another_address(): void
    {
        Vite::useCspNonce('abc');
        config()->set('exrun.page.url', 'https://cdn.example/vendor/exrun/');
        $html = Blade::render('@exrunScripts');
        $this->assertStringContainsString('src="https://cdn.example/vendor/exrun/exrun.js"', $html);
        $this->assertSame(2, substr_count($html, 'nonce="abc"'));
    }
}
