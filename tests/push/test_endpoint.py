"""Which addresses a phone may hand us."""

import pytest

from server.reminders.endpoint import Hosts, Unacceptable, checked
from server.settings import BadSetting

GOOD = [
    "https://fcm.googleapis.com/fcm/send/dQw4w9WgXcQ:APA91bH-abc_DEF",
    "https://fcm.googleapis.com/wp/dQw4w9WgXcQ:APA91bH",
    "https://jmt17.google.com/fcm/send/abc",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABl",
    "https://updates.push.services.mozilla.com:443/wpush/v2/gAAAAABl",
    "https://web.push.apple.com/QGuQyavXutnMH",
    "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAD%2f%2BabcDEF%3d",
    "https://android.googleapis.com/gcm/send/abc",
]
HOSTILE = [
    "",
    " ",
    "fcm.googleapis.com/x",
    "//fcm.googleapis.com/x",
    "http://fcm.googleapis.com/x",
    "HTTPS://fcm.googleapis.com/x",
    "ftp://fcm.googleapis.com/x",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/plain,x",
    "unix:///var/run/docker.sock",
    "https://",
    "https:///x",
    "https://fcm.googleapis.com",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:0443/x",
    "https://fcm.googleapis.com:/x",
    "https://fcm.googleapis.com:443:443/x",
    "https://user@fcm.googleapis.com/x",
    "https://user:secret@fcm.googleapis.com/x",
    "https://fcm.googleapis.com@127.0.0.1/x",
    "https://fcm.googleapis.com:443@127.0.0.1/x",
    "https://127.0.0.1/x",
    "https://127.1/x",
    "https://0x7f000001/x",
    "https://2130706433/x",
    "https://017700000001/x",
    "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://169.254.169.254/latest/meta-data/",
    "https://localhost/x",
    "https://localhost.fcm.googleapis.com/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evil-fcm.googleapis.com/x",
    "https://evilpush.apple.com/x",
    "https://push.apple.com/x",
    "https://.push.apple.com/x",
    "https://a..push.apple.com/x",
    "https://-a.push.apple.com/x",
    "https://notify.windows.com/x",
    "https://evilnotify.windows.com/x",
    "https://web.push.apple.com.evil.example/x",
    "https://fcm.googleapis.com./x",
    "https://FCM.googleapis.com/x",
    "https://fcm.googleap\u0131s.com/x",
    "https://fcm.google\u0430pis.com/x",
    "https://fcm\u3002googleapis\u3002com/x",
    "https://fcm.googleapis.com\u2044x/",
    "https://xn--fcm-googleapis-com.example/x",
    "https://fcm.googleapis.com%2eevil.example/x",
    "https://fcm.googleapis.com%00.evil.example/x",
    "https://%66cm.googleapis.com/x",
    "https://fcm.googleapis.com\\@evil.example/x",
    "https://fcm.googleapis.com\\.evil.example/x",
    "https:\\\\fcm.googleapis.com\\x",
    "https://fcm.googleapis.com/x#fragment",
    "https://fcm.googleapis.com#@evil.example/x",
    "https://fcm.googleapis.com?@evil.example/x",
    "https://fcm.googleapis.com/x y",
    "https://fcm.googleapis.com/x\r\nHost: evil.example",
    "https://fcm.googleapis.com/x\nX-Evil: 1",
    "https://fcm.googleapis.com/x\t",
    "https://fcm.googleapis.com/x\x00",
    "\thttps://fcm.googleapis.com/x",
    " https://fcm.googleapis.com/x",
    "https://fcm.googleapis.com/x\n",
    "https://fcm.\ngoogleapis.com/x",
    "https://fcm.googleapis.com/é",
    "https://fcm.googleapis.com/%zz",
    "https://fcm.googleapis.com/<script>",
    'https://fcm.googleapis.com/"x"',
    "https://internal/x",
    "https://metadata.google.internal/x",
    "https://google.com/fcm.googleapis.com",
    "https://push.example.org/x",
    "https:fcm.googleapis.com/x",
    "https:/fcm.googleapis.com/x",
    "https:////fcm.googleapis.com/x",
    "view-source:https://fcm.googleapis.com/x",
    "https://fcm.googleapis.com/" + "x" * 2048,
    "https://" + "a" * 70 + ".push.apple.com/x",
    "https://" + "a." * 120 + "push.apple.com/x" + "y" * 1800,
    "https://0/x",
    "https://0.0.0.0/x",
    "https://10.0.0.1/x",
    "https://192.168.1.1:443/x",
    "https://100.64.0.1/x",
    "https://0177.0.0.1/x",
    "https://[::]/x",
    "https://[fe80::1%25eth0]/x",
    "https://[64:ff9b::7f00:1]/x",
    "https://127.0.0.1.nip.io/x",
    "https://fcm.googleapis.com:65536/x",
    "https://fcm.googleapis.com:-443/x",
    "https://fcm.googleapis.com:443abc/x",
    "https://fcm.googleapis.com:\u0664\u0664\u0663/x",
    "https://\uff46cm.googleapis.com/x",
    "https://fcm.goog\u00adleapis.com/x",
    "https://fcm.googleapis.com\u200b/x",
    "https://\u202efcm.googleapis.com/x",
    "https://a_b.push.apple.com/x",
    "https://a-.push.apple.com/x",
    "https://*.push.apple.com/x",
    "https://%2a.push.apple.com/x",
    "https://fcm.googleapis.com/{x}",
    "https://fcm.googleapis.com/x|y",
    "https://fcm.googleapis.com/`id`",
    "https://fcm.googleapis.com/\\..\\x",
    "https://fcm.googleapis.com/[x]",
    "https://fcm.googleapis.com/x\u2028",
    "https://fcm.googleapis.com/x\x7f",
    "https://fcm.googleapis.com/%",
    "https://fcm.googleapis.com/%0",
    "gopher://fcm.googleapis.com/x",
    "wss://fcm.googleapis.com/x",
    "blob:https://fcm.googleapis.com/x",
    "https://https://fcm.googleapis.com/x",
    "https://fcm.googleapis.com, https://web.push.apple.com/x",
]


@pytest.mark.parametrize("endpoint", GOOD)
def test_what_browsers_hand_out_passes(endpoint: str) -> None:
    assert checked(endpoint, Hosts()).url == endpoint.replace(":443", "")


def test_they_are_many() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 100


@pytest.mark.parametrize("endpoint", HOSTILE)
def test_anything_else_is_refused(endpoint: str) -> None:
    with pytest.raises(Unacceptable):
        checked(endpoint, Hosts())


def test_the_audience_has_no_path_and_no_usual_port() -> None:
    assert checked("https://web.push.apple.com:443/QGu", Hosts()).origin == "https://web.push.apple.com"


def test_an_operator_can_add_a_host_and_every_host_below_one() -> None:
    hosts = Hosts(["push.example.org", "*.up.example.net"])

    assert checked("https://push.example.org/x", hosts).host == "push.example.org"
    assert checked("https://a.b.up.example.net/x", hosts).host == "a.b.up.example.net"


@pytest.mark.parametrize(
    "name", ["*", "*.", "localhost", "10.0.0.1", "*.1", "[::1]", "push.example.org:8443", "a/b", "*x.org"]
)
def test_a_setting_that_is_no_name_is_refused_by_name(name: str) -> None:
    with pytest.raises(BadSetting, match="MIDWEEK_PUSH_HOSTS"):
        Hosts([name])
