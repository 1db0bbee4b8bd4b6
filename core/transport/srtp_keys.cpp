#include "core/transport/srtp_keys.h"

#include <openssl/crypto.h>

namespace sightline {

SrtpKeys::~SrtpKeys()
{
    OPENSSL_cleanse(local.data(), local.size());
    OPENSSL_cleanse(remote.data(), remote.size());
}

} // namespace sightline
