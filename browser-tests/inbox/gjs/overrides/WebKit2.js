// @ts-nocheck: a legacy script of gjs, whose globals have no types.
// gjs runs this when the suite's browser imports WebKit, because the test put the directory above on GJS_PATH: each
// origin may store only the share of the volume that MTM_ORIGIN_STORAGE_RATIO says.

/** gjs calls it. */
function _init() {
  const origin_storage_ratio = Number(imports.gi.GLib.getenv('MTM_ORIGIN_STORAGE_RATIO'))
  const { prototype } = this.WebsiteDataManager
  const init = prototype._init
  prototype._init = function (properties) {
    init.call(this, { ...properties, origin_storage_ratio })
  }
}
