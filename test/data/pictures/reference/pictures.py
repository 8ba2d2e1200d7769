"""Small picture files of every kind and what Pillow reads in them, for test/data/pictures/decode.test.ts.

Rules restated here on their own: EXIF orientation applied, first frame, alpha laid on black, 16 bits to the upper 8, sRGB.
Needs Pillow and numpy: python pictures.py > pictures.json
"""
import base64, io, json
import numpy as np
from PIL import Image, ImageOps

rng = np.random.default_rng(6)
files = []


def smooth(height, width, channels):
    y, x = np.mgrid[0:height, 0:width]
    planes = [127 + 90 * np.sin(0.3 * x + c) * np.cos(0.25 * y - c) for c in range(channels)]
    return np.stack(planes, -1).round().astype(np.uint8)


def add(name, picture, within, expected=None, size=None, **options):
    """Stores the file and the RGB pixels; `size` is (height, width) to stretch to."""
    out = io.BytesIO()
    picture.save(out, **options)
    seen = ImageOps.exif_transpose(Image.open(io.BytesIO(out.getvalue())))
    if expected is None:
        expected = np.asarray(seen.convert("RGB"))
    height, width = expected.shape[:2]
    if size:
        kernel = Image.Resampling.LANCZOS if size[0] < height else Image.Resampling.BICUBIC
        expected = np.asarray(Image.fromarray(expected).resize((size[1], size[0]), kernel))
    files.append({
        "name": name,
        "file": base64.b64encode(out.getvalue()).decode(),
        "own": [height, width],
        "size": list(expected.shape[:2]),
        "within": within,
        "rgb": expected.ravel().tolist(),
    })


grey8 = rng.integers(0, 256, (3, 4), dtype=np.uint8)
grey16 = rng.integers(0, 65536, (3, 4), dtype=np.uint16)
rgb = rng.integers(0, 256, (3, 4, 3), dtype=np.uint8)
rgba = rng.integers(0, 256, (3, 4, 4), dtype=np.uint8)
la = rng.integers(0, 256, (3, 4, 2), dtype=np.uint8)
three = lambda plane: np.repeat(plane[..., None], 3, -1)
on_black = lambda colour, alpha: np.round(colour * (alpha[..., None] / 255)).astype(np.uint8)

add("grey.png", Image.fromarray(grey8), 0, format="PNG")
add("grey16.png", Image.fromarray(grey16), 0, three((grey16 >> 8).astype(np.uint8)), format="PNG")
add("grey16.tif", Image.fromarray(grey16), 0, three((grey16 >> 8).astype(np.uint8)), format="TIFF")
add("rgb.png", Image.fromarray(rgb), 0, format="PNG")
add("rgb.tif", Image.fromarray(rgb), 0, format="TIFF", compression="tiff_lzw")
add("rgb.webp", Image.fromarray(rgb), 0, format="WEBP", lossless=True)
add("rgba.png", Image.fromarray(rgba), 1, on_black(rgba[..., :3], rgba[..., 3]), format="PNG")
add("la.png", Image.fromarray(la, "LA"), 1, on_black(three(la[..., 0]), la[..., 1]), format="PNG")
add("palette.png", Image.fromarray(rgb).quantize(8), 0, format="PNG")
add("bits.png", Image.fromarray(grey8 > 127), 0, format="PNG")
add("colour.jpg", Image.fromarray(smooth(16, 24, 3)), 3, format="JPEG", quality=95, subsampling=0)
add("grey.jpg", Image.fromarray(smooth(16, 24, 1)[..., 0]), 3, format="JPEG", quality=95)
frames = [Image.fromarray(np.full((3, 4), value, np.uint8)) for value in (10, 200)]
add("frames.gif", frames[0], 0, format="GIF", save_all=True, append_images=frames[1:])
add("frames.webp", frames[0], 0, format="WEBP", save_all=True, append_images=frames[1:], lossless=True)
add("pages.tif", frames[0], 0, format="TIFF", save_all=True, append_images=frames[1:])
for turn in range(2, 9):
    exif = Image.Exif()
    exif[0x112] = turn
    add(f"turned-{turn}.png", Image.fromarray(rgb), 0, format="PNG", exif=exif)
add("smaller.png", Image.fromarray(smooth(32, 24, 3)), 4, size=(11, 9), format="PNG")
add("larger.png", Image.fromarray(smooth(6, 5, 3)), 6, size=(12, 15), format="PNG")

# Cannot be read, though the head of all but one can.
bad = []


def refuse(name, bytes_):
    bad.append({"name": name, "file": base64.b64encode(bytes_).decode()})


def saved(picture, **options):
    out = io.BytesIO()
    picture.save(out, **options)
    return out.getvalue()


noise = Image.fromarray(rng.integers(0, 256, (24, 24, 3), dtype=np.uint8))
refuse("float.tif", saved(Image.fromarray(rng.normal(size=(3, 4)).astype(np.float32)), format="TIFF"))
refuse("cut.jpg", saved(noise, format="JPEG")[:900])
refuse("cut.png", saved(noise, format="PNG")[:900])
refuse("text.png", b"not a picture")
refuse("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')

print(json.dumps({"files": files, "bad": bad}, separators=(",", ":")))
