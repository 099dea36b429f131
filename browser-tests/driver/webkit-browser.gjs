// The distribution's WebKit with a window around it, run by gjs and driven by WebKitWebDriver.
//
// MiniBrowser would do, but under automation it keeps everything in memory. Tests that close the browser and start it
// again, or look at what a key store left on the disk, need a profile that lasts: gjs -m webkit-browser.gjs DIRECTORY

import Gtk from 'gi://Gtk?version=3.0'
import WebKit2 from 'gi://WebKit2?version=4.1'
import System from 'system'

const version = [WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version()]
const [argument] = System.programArgs

if (argument === '--version') {
  print(`WebKitGTK ${version.join('.')}`)
} else {
  browse(argument)
}

function browse(profile) {
  Gtk.init(null)
  const website_data_manager = new WebKit2.WebsiteDataManager({
    base_data_directory: `${profile}/data`,
    base_cache_directory: `${profile}/cache`,
  })
  const web_context = new WebKit2.WebContext({ website_data_manager })
  web_context.set_automation_allowed(true)
  web_context.connect('automation-started', (_context, session) => {
    const info = WebKit2.ApplicationInfo.new()
    info.set_name('mls-targeted-messages')
    info.set_version(...version)
    session.set_application_info(info)
    session.connect('create-web-view', () => openWindow(web_context))
  })
  Gtk.main()
}

// Each view is a window of its own: none is in the background, so timers run at full speed in all of them.
function openWindow(web_context) {
  const view = new WebKit2.WebView({ web_context, is_controlled_by_automation: true })
  const window = new Gtk.Window({ default_width: 1280, default_height: 720 })
  window.add(view)
  window.show_all()
  view.connect('close', () => window.destroy())
  return view
}
