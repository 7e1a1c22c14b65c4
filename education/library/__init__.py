"""The picture library: uploads, the files made of them, where a picture is used, and which of them readers may see."""
