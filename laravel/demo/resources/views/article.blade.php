{{-- SPDX-License-Identifier: MIT --}}
<!DOCTYPE html>
<html lang="en">
<head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Programs that run where you read them</title>
    <link rel="icon" href="/favicon.svg">
    <link rel="stylesheet" href="/article.css">
    @exrunScripts
</head>
<body>
<main>
    <h1>Programs that run where you read them</h1>
    <p>Each of these programs can be changed and run. It runs on our server, in a cell of its own that it cannot leave.</p>

    <h2>Lists</h2>
    <p>A list has names and values, and a function for nearly everything.</p>
    <x-exrun-snippet example="article/prices" />
    <p>What one program has made, the next one can use. Add something to the list above that is cheaper than milk, and run this again.</p>
    <x-exrun-snippet example="article/cheapest" />

    <h2>Questions</h2>
    <p>A program can ask, and waits for the answer.</p>
    <x-exrun-snippet example="article/greeting" />

    <h2>Pictures</h2>
    <p>What a program prints can be a picture.</p>
    <x-exrun-snippet example="article/plot" output="svg" alt="A sine curve" height="140" />

    <h2>Files</h2>
    <p>A file can lie beside the program.</p>
    <x-exrun-snippet example="article/table" />

    <h2>Only the lines that matter</h2>
    <p>A C program has a frame, which this page does not show.</p>
    <x-exrun-snippet example="article/average" />

    <h2>Loops</h2>
    <p>This one ends.</p>
    <x-exrun-snippet example="article/primes" />
    <p>This one does not, and is ended.</p>
    <x-exrun-snippet example="article/endless" />
</main>
</body>
</html>
