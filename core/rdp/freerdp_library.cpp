#include "core/rdp/freerdp_library.h"

#include "core/base/log.h"

#include <freerdp/addin.h>
#include <freerdp/channels/channels.h>
#include <freerdp/client/channels.h>
#include <freerdp/freerdp.h>
#include <freerdp/primitives.h>
#include <winpr/ssl.h>
#include <winpr/wlog.h>
#include <winpr/wtsapi.h>

#include <QtGlobal>

#include <cstring>
#include <mutex>

namespace sightline {

namespace {

void setLogLevel()
{
    // A hostile peer can cause lines without end, and FreeRDP writes some for every healthy connection.
    // Whoever wants them sets WLOG_LEVEL, or turns our category to debug.
    if (!qEnvironmentVariableIsSet("WLOG_LEVEL"))
        WLog_SetLogLevel(WLog_GetRoot(), logRdp().isDebugEnabled() ? WLOG_WARN : WLOG_OFF);
}

void choosePrimitives()
{
    // Without a hint FreeRDP runs its codecs against each other for 300 ms. A build without vector units has
    // nothing to choose from and must not be given this hint.
    if (std::strstr(freerdp_get_build_config(), "WITH_SIMD=ON") != nullptr)
        primitives_set_hints(PRIMITIVES_ONLY_CPU);
    primitives_get();
}

void initialize()
{
    setLogLevel();
    winpr_InitializeSSL(WINPR_SSL_INIT_DEFAULT);
    WTSRegisterWtsApiFunctionTable(FreeRDP_InitWtsApi());
    freerdp_register_addin_provider(freerdp_channels_load_static_addin_entry, 0);
    choosePrimitives();
}

} // namespace

FreeRdpLibrary::FreeRdpLibrary()
{
    static std::once_flag once;
    std::call_once(once, initialize);
}

} // namespace sightline
