import math

points = " ".join(f"{20 + 4 * x},{60 - 40 * math.sin(x / 8):.1f}" for x in range(101))
print('<svg xmlns="http://www.w3.org/2000/svg" width="440" height="120">')
print('<path d="M20 60h400" stroke="#999"/>')
print(f'<polyline points="{points}" fill="none" stroke="#d9412b" stroke-width="3"/>')
print("</svg>")
