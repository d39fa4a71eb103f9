"""The words that every record carries: what it holds, and how to check it without this program."""

from __future__ import annotations

from typing import Final

GUIDE_TEXT: Final = """\
这个文件夹是一份报告的定稿记录，由 reportgen 写入，不需要 reportgen 也能读、能查。请不要改动其中的文件。

台账.jsonl  每一行是一件事，JSON 格式：
            event 什么事（issued 定稿，corrected 更正，signed 签章，archived 归档，withdrawn 撤回），
            number 序号，revision 第几版，at 时间（UTC），by 经办人，why 原因，report 哪一份报告，
            files 这件事留存的文件：role 用途，name 原来的文件名，sha256，size 字节数；
            previous 是上一行（连同行末换行）的 SHA-256，第一行是 64 个 0；
            check 是本行去掉 check 这一项之后（不含换行）的 SHA-256。
文件/       留存的文件，每个文件以自己的 SHA-256 为名，后缀不变；内容相同的只存一份。
            用途 output 是定稿的 Word、PDF、网页和清单，source 是报告文件，input 是图片，
            reference 是核对时所比照的文件（如上年报告），
            kind 是报告种类的模板和规则，findings 是核对的结果和核对说明，verification 是核验的结果；
            notice 是更正说明或撤回说明，changes 是逐项的改动，redline 是花脸稿；
            metadata 是归档时补充的著录项目，scan 是纸质签署件的扫描件，package 是归档信息包的标签清单。

怎样查验（在装有 sha256sum 的机器上，先进入这个文件夹）：

一、留存的文件有没有改动。下面这条命令对每个文件都应显示 OK：

    (cd 文件 && for f in *; do echo "${f%%.*}  $f"; done | sha256sum -c)

二、台账有没有缺行、换行、改动。第 2 行起，每一行的 previous 应等于上一行的 SHA-256，例如第 1 行的：

    sed -n 1p 台账.jsonl | sha256sum

三、一行自身有没有改动。下面得出的应等于这一行的 check，例如第 1 行：

    sed -n 1p 台账.jsonl | sed 's/,"check":"[0-9a-f]*"}$/}/' | tr -d '\\n' | sha256sum

四、文件齐不齐。台账里写到的每个 sha256 都应有以它为名的文件；下面这条命令什么也不显示就是齐的：

    grep -o '"sha256":"[0-9a-f]*"' 台账.jsonl | cut -d '"' -f 4 | sort -u |
        while read h; do ls 文件/$h* > /dev/null; done

要取出某个文件：在台账里按文件名找到它的 sha256，把 文件/ 中以此为名的文件复制出来，改回原名。
"""
