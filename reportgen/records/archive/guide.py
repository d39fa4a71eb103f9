"""The page inside a package that tells a stranger what it is and how to check it without this program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reportgen.records.archive.bag import SIGNATURES

GUIDE: Final = "说明文件.txt"
LIST: Final = "目录文件.txt"

HEAD: Final = """\
立档单位：{organ}
档    号：{number}
版    次：第{revision}版
打包时间：{at}（世界时），{by}
签署情况：{signed}"""

TEXT: Final = """\
{title}
归档信息包说明文件

这是什么
--------
{head}

这个文件夹（或 zip 文件）是一份报告的归档信息包，按 BagIt 1.0（RFC 8493）组织，全部是普通文件，不加密，
不需要专门的软件。
正本是 data/正本/ 里的 PDF（PDF/A-3a，ISO 19005-3）。其余文件说明它由什么生成、由谁定稿、怎样核验。

data/正本/      {original}
data/定稿/      同一版的 Word 文件、网页和清单 manifest.json
data/来源/      报告的数据（YAML 文本）和图片；比照/ 是核对时比照的文件
data/种类/      生成报告的模板、规则和版式数据
data/字体/      所用字体的名称、来源和许可
data/核验/      定稿时核对和核验的结果
data/更正/      更正说明、逐项的改动、花脸稿（更正过的才有）
data/过程/      台账（每件事一行）和据此写成的过程记录
data/元数据/    metadata.xml（DA/T 46-2009 的元素），premis.xml 和 mets.xml（国际通用的写法），著录补充.yaml
目录文件.txt    data/ 里全部文件的名称、大小、说明
manifest-*.txt、tagmanifest-*.txt、sm3-manifest.txt    全部文件的校验值（SHA-256、SHA-512、SM3）

怎样查验
--------
每条命令都在这个文件夹里运行（zip 文件先解压）。没有改动的，第一、二步对每个文件都显示 OK 或者“成功”，
第三步最后显示 is valid。

一、文件有没有改动（Linux 自带的命令，任选一种校验值；Windows 上用 certutil -hashfile 文件名 SHA256
得出一个文件的校验值，与清单里的一行比较）：

    sha256sum -c manifest-sha256.txt
    sha512sum -c manifest-sha512.txt

二、说明、目录和清单本身有没有改动：

    sha256sum -c tagmanifest-sha256.txt
    sha512sum -c tagmanifest-sha512.txt

三、有没有多出或者缺少的文件（用 BagIt 的工具，例如 bagit-python）：

    bagit.py --validate .

四、国密 SM3 校验值（需要 OpenSSL 1.1.1 以上；应当什么也不显示）：

    while read -r h f; do
        openssl dgst -sm3 -r "$f" | grep -q "^$h" || echo "改动：$f"
    done < sm3-manifest.txt

五、正本 PDF 里的电子签名（有电子签名的才有结果；也可以用常见的 PDF 阅读器打开，看签名栏）：

    pdfsig {pdf}

每个签名应当显示 Signature is Valid；签名人看证书的名称，并用根证书核对。后来又盖了时间戳的，签名一项显示
Not total document signed，最后的时间戳一项显示 Total document signed：它覆盖整个文件，pdfsig 自己不验证它。

{signature}
校验值只能说明文件与打包时相同，不能说明是谁打的包；能说明这一点的是电子签名，以及本单位留存的台账：台账里“归档”一行写有
tagmanifest-sha256.txt 的 SHA-256。下面的命令得出的应当与它相同：

    sha256sum tagmanifest-sha256.txt

是不是这份报告的最新一版，信息包自身也不能说明，同样要与那份台账对照：以后有没有更正或者撤回。
有本程序的（名称和版本见 bag-info.txt），用 reportgen verify 逐项查验；它还用来源和种类重新生成一遍，
与定稿逐字节比较。
"""

UNSIGNED: Final = f"""\
六、整个信息包的电子签名：打包时还没有。以后签的放在 {SIGNATURES} 里，每个签名一个 .p7s 文件，用下面的命令查验
（root.pem 是签名人的根证书，从可信的地方取得；-no_check_time 表示不管证书现在是否已经过期）：

    for s in {SIGNATURES}*.p7s; do
        openssl cms -verify -binary -inform DER -in "$s" -content tagmanifest-sha256.txt \\
            -CAfile root.pem -purpose any -no_check_time -out /dev/null
    done

"""


def write_guide(facts: Mapping[str, str]) -> bytes:
    """The page of a package."""
    head = "\n".join(head_lines(facts))
    return TEXT.format_map({**facts, "head": head, "signature": UNSIGNED}).encode()


def head_lines(facts: Mapping[str, str]) -> list[str]:
    """The lines at the head of the page: whose report, which number and revision, when packed, by whom."""
    return HEAD.format_map(facts).split("\n")
