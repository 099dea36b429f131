//! A member of MLS groups on OpenMLS. One request as JSON on each line of standard input, one answer on each line of
//! standard output, in the same order. It ends with its input.

mod capture;
mod hex_bytes;
mod member;
mod protocol;
mod targeted;

use std::error::Error;
use std::io::{self, BufRead, Write};

use member::Member;
use protocol::{Answer, Request};
use serde_json::{Value, to_value};

fn main() -> io::Result<()> {
    let mut member = None;
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let answer = match answer(&mut member, &line?) {
            Ok(value) => Answer::Ok(value),
            Err(error) => Answer::Error(error.to_string()),
        };
        writeln!(output, "{}", serde_json::to_string(&answer)?)?;
        output.flush()?;
    }
    Ok(())
}

fn answer(own: &mut Option<Member>, line: &str) -> Result<Value, Box<dyn Error>> {
    let request = serde_json::from_str(line)?;
    if let Request::Newcomer(newcomer) = request {
        let (member, key_package) = Member::new(newcomer)?;
        *own = Some(member);
        return Ok(to_value(key_package)?);
    }
    let member = own.as_mut().ok_or("the first request is newcomer")?;
    Ok(match request {
        Request::Newcomer(_) => unreachable!("answered above"),
        Request::Found(founding) => to_value(member.found(founding)?)?,
        Request::Join(joining) => to_value(member.join(joining)?)?,
        Request::Commit(changes) => to_value(member.commit(changes)?)?,
        Request::Process(received) => to_value(member.process(received)?)?,
        Request::Seal(content) => to_value(member.seal(content)?)?,
        Request::Open(received) => to_value(member.open(received)?)?,
        Request::Capture => to_value(member.capture()?)?,
        Request::Export(wanted) => to_value(member.export(wanted)?)?,
        Request::Sign(content) => to_value(member.sign(content)?)?,
    })
}
