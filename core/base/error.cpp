#include "core/base/error.h"

#include <array>
#include <utility>

namespace sightline {
namespace {

struct CodeName {
    ErrorCode code;
    const char* name;
};

constexpr std::array kNames{
    CodeName{ErrorCode::Internal, "internal"},
    CodeName{ErrorCode::InvalidArgument, "invalid-argument"},
    CodeName{ErrorCode::InvalidLink, "invalid-link"},
    CodeName{ErrorCode::ParseFailed, "parse-failed"},
    CodeName{ErrorCode::TooLarge, "too-large"},
    CodeName{ErrorCode::UnknownDocument, "unknown-document"},
    CodeName{ErrorCode::VersionMismatch, "version-mismatch"},
    CodeName{ErrorCode::NotFound, "not-found"},
    CodeName{ErrorCode::NotAllowed, "not-allowed"},
    CodeName{ErrorCode::Declined, "declined"},
    CodeName{ErrorCode::Busy, "busy"},
    CodeName{ErrorCode::TooOften, "too-often"},
    CodeName{ErrorCode::Gone, "gone"},
    CodeName{ErrorCode::Timeout, "timeout"},
    CodeName{ErrorCode::ConnectFailed, "connect-failed"},
    CodeName{ErrorCode::TlsFailed, "tls-failed"},
    CodeName{ErrorCode::CertificateMismatch, "certificate-mismatch"},
    CodeName{ErrorCode::IceFailed, "ice-failed"},
    CodeName{ErrorCode::DtlsFailed, "dtls-failed"},
    CodeName{ErrorCode::FingerprintMismatch, "fingerprint-mismatch"},
    CodeName{ErrorCode::ConnectionLost, "connection-lost"},
    CodeName{ErrorCode::RdpFailed, "rdp-failed"},
    CodeName{ErrorCode::CaptureFailed, "capture-failed"},
    CodeName{ErrorCode::NoWindow, "no-window"},
    CodeName{ErrorCode::NoDisplay, "no-display"},
    CodeName{ErrorCode::PortInUse, "port-in-use"},
    CodeName{ErrorCode::FileFailed, "file-failed"},
    CodeName{ErrorCode::Cancelled, "cancelled"},
    CodeName{ErrorCode::WrongPasscode, "wrong-passcode"},
    CodeName{ErrorCode::Locked, "locked"},
    CodeName{ErrorCode::Replaced, "replaced"},
    CodeName{ErrorCode::Removed, "removed"},
    CodeName{ErrorCode::Moved, "moved"},
    CodeName{ErrorCode::EndedByPresenter, "ended-by-presenter"},
};

} // namespace

const char* stableCode(ErrorCode code)
{
    for (const CodeName& entry : kNames) {
        if (entry.code == code)
            return entry.name;
    }
    return "internal";
}

ErrorCode errorCodeFromName(QStringView name)
{
    for (const CodeName& entry : kNames) {
        if (name == QLatin1StringView(entry.name))
            return entry.code;
    }
    return ErrorCode::Internal;
}

Error::Error(ErrorCode code, QString message, Error cause)
    : m_code(code)
    , m_message(std::move(message))
    , m_cause(std::make_shared<const Error>(std::move(cause)))
{
}

QString Error::toString() const
{
    QString text = m_message;
    for (const Error* cause = m_cause.get(); cause; cause = cause->cause())
        text += QStringLiteral(": ") + cause->message();
    return text;
}

} // namespace sightline
