#pragma once

#include <QString>

#include <memory>

namespace sightline {

/// What went wrong, as a stable code: it travels on the wire (see stableCode) and picks the sentence a person
/// reads (ui/error_text). Codes are added, never renumbered or reused.
enum class ErrorCode {
    Internal, ///< our own bug, or a library call that never fails failed
    InvalidArgument, ///< an option or a call that makes no sense
    InvalidLink, ///< not a meeting link
    ParseFailed, ///< a document, SDP or packet that is malformed
    TooLarge, ///< over one of the limits of PROTOCOL.md
    UnknownDocument, ///< well-formed, but nothing this version knows
    VersionMismatch, ///< client and server speak different protocol versions
    NotFound, ///< no such meeting, participant or call
    NotAllowed, ///< known, but without the right to do it
    Declined, ///< the person on the other side said no
    Busy, ///< the other side already shares with somebody
    TooOften, ///< more of these at once than a client may send; later it works again
    Gone, ///< the other side left, or stopped
    Timeout, ///< no answer in time
    ConnectFailed, ///< the server cannot be reached
    TlsFailed, ///< the TLS handshake failed
    CertificateMismatch, ///< the server's certificate is not the one that the link pins
    IceFailed, ///< no candidate pair works
    DtlsFailed, ///< the DTLS handshake failed
    FingerprintMismatch, ///< the peer's certificate is not the one of its SDP
    ConnectionLost, ///< it worked, and then nothing came any more
    RdpFailed, ///< the RDP session could not be set up, or broke
    CaptureFailed, ///< the screen cannot be read
    NoWindow, ///< the window to be shared is not there (any more)
    NoDisplay, ///< there is no display to capture, or to show a window on
    PortInUse, ///< another program listens on this port
    FileFailed, ///< a file cannot be read or written
    Cancelled, ///< we stopped it ourselves
    WrongPasscode, ///< the meeting's passcode is missing or another one
    Locked, ///< the meeting takes nobody new
    Replaced, ///< somebody else shares now
    Removed, ///< a presenter has taken us out of the meeting
    Moved, ///< the picture comes another way from now on; nothing has ended
    EndedByPresenter, ///< a presenter has ended the sharing
};

/// The code's name on the wire and in --stats, for example "certificate-mismatch".
const char* stableCode(ErrorCode code);

/// The reverse of stableCode; Internal for a name that this version does not know.
ErrorCode errorCodeFromName(QStringView name);

/// A failure. `message` is one clause in lower case without a full stop, so that causes chain:
/// "cannot join the meeting: the server closed the connection".
class Error {
public:
    Error(ErrorCode code, QString message)
        : m_code(code)
        , m_message(std::move(message))
    {
    }
    Error(ErrorCode code, QString message, Error cause);

    ErrorCode code() const { return m_code; }
    const QString& message() const { return m_message; }
    const Error* cause() const { return m_cause.get(); }

    /// The message and those of all causes, joined by ": ".
    QString toString() const;

private:
    ErrorCode m_code;
    QString m_message;
    std::shared_ptr<const Error> m_cause;
};

} // namespace sightline
