"""Sightline for the black-box benchmark: `sightline share` with its embedded server as host, `sightline view` as
viewer. SIGHTLINE_BIN names the folder of the binary (default: build/release/app of this tree)."""
SYSTEMS = {
    "sightline": dict(host="{here}/sightline-host {dir} {port}", viewer="{here}/sightline-viewer {dir}"),
}
PORT = 7443
