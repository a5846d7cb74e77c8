//! Tables in Parquet, by columns, without the Arrow crates.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::seal::{Seal, sealed};
use super::{Cell, Column, Error, Kind, Row, Rows, Schema, Source};

/// The metadata that holds the columns with their meanings.
const COLUMNS: &str = "columns";
/// The metadata that stands for the rows.
const ROWS: &str = "rows";
/// The most rows of a row group, and the most cells, which bound the memory that writing takes.
const GROUP_ROWS: usize = 1 << 16;
const GROUP_CELLS: usize = 1 << 21;
/// How many rows are read at a time.
const BATCH_ROWS: usize = 1 << 10;

/// Writes a whole table.
pub(super) fn write(out: &File, file: &Path, schema: &Schema, rows: &mut Source<'_>) -> Result<(), Error> {
    let failed = |error| Error::write(file, system(error));
    let layout = layout(&schema.columns).map_err(failed)?;
    let mut writer = SerializedFileWriter::new(out, layout, properties(schema).into()).map_err(failed)?;
    let size = (GROUP_CELLS / schema.columns.len().max(1)).clamp(1, GROUP_ROWS);
    let mut seal = Seal::default();
    loop {
        let group = (&mut *rows).take(size).collect::<Result<Vec<Row>, Error>>()?;
        if group.is_empty() {
            break;
        }
        group.iter().for_each(|row| seal.add(row));
        let put = writer.next_row_group().and_then(|out| put_group(out, &schema.columns, &group));
        put.map_err(failed)?;
    }
    writer.append_key_value_metadata(KeyValue::new(ROWS.to_owned(), seal.text()));
    writer.close().map(drop).map_err(failed)
}

/// What the system said, if it was the system that failed.
fn system(error: ParquetError) -> std::io::Error {
    match error {
        ParquetError::External(inner) => {
            inner.downcast::<std::io::Error>().map_or_else(std::io::Error::other, |error| *error)
        }
        other => std::io::Error::other(other),
    }
}

fn layout(columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let column = |column: &Column| {
        let (physical, logical) = match column.kind {
            Kind::Integer => (Physical::INT64, None),
            Kind::Real => (Physical::DOUBLE, None),
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Truth => (Physical::BOOLEAN, None),
        };
        let builder = Type::primitive_type_builder(&column.name, physical);
        builder.with_repetition(Repetition::OPTIONAL).with_logical_type(logical).build().map(Arc::new)
    };
    let columns = columns.iter().map(column).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder("row").with_fields(columns).build().map(Arc::new)
}

fn properties(schema: &Schema) -> WriterProperties {
    let mut about: Vec<KeyValue> =
        schema.about.iter().map(|(name, value)| KeyValue::new(name.clone(), value.clone())).collect();
    // Columns are plain words, which JSON can always hold.
    let columns = serde_json::to_string(&schema.columns).unwrap_or_default();
    about.push(KeyValue::new(COLUMNS.to_owned(), columns));
    WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_key_value_metadata(Some(about))
        .build()
}

fn put_group(
    mut out: SerializedRowGroupWriter<'_, &File>,
    columns: &[Column],
    rows: &[Row],
) -> Result<(), ParquetError> {
    for (position, column) in columns.iter().enumerate() {
        let Some(mut out) = out.next_column()? else { break };
        let cells = rows.iter().map(|row| &row[position]);
        match column.kind {
            Kind::Integer => put::<Int64Type>(&mut out, cells, |cell| match cell {
                Cell::Integer(number) => Some(*number),
                _ => None,
            }),
            Kind::Real => put::<DoubleType>(&mut out, cells, |cell| match cell {
                Cell::Real(number) => Some(*number),
                _ => None,
            }),
            Kind::Text => put::<ByteArrayType>(&mut out, cells, |cell| match cell {
                Cell::Text(text) => Some(ByteArray::from(&**text)),
                _ => None,
            }),
            Kind::Truth => put::<BoolType>(&mut out, cells, |cell| match cell {
                Cell::Truth(truth) => Some(*truth),
                _ => None,
            }),
        }?;
        out.close()?;
    }
    out.close().map(drop)
}

/// Writes a column's cells: for each whether it is there, and those that are.
fn put<'a, T: DataType>(
    out: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = &'a Cell>,
    value: impl Fn(&Cell) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let cells: Vec<Option<T::T>> = cells.map(value).collect();
    let there: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    out.typed::<T>().write_batch(&values, Some(&there), None).map(drop)
}

/// The schema and the rows of a file.
pub(super) fn open(file: &Path) -> Result<(Schema, Rows), Error> {
    let input = File::open(file).map_err(|error| Error::Read(file.to_owned(), error))?;
    let reader = SerializedFileReader::new(input).map_err(|error| damaged(file, error))?;
    let metadata = reader.metadata().file_metadata();
    let entries = metadata.key_value_metadata().into_iter().flatten();
    let mut about: BTreeMap<_, _> =
        entries.filter_map(|entry| Some((entry.key.clone(), entry.value.clone()?))).collect();
    let columns: Vec<Column> = about
        .remove(COLUMNS)
        .and_then(|columns| serde_json::from_str(&columns).ok())
        .ok_or_else(|| damaged(file, "it does not say what its columns mean"))?;
    let seal = about.remove(ROWS).ok_or_else(|| damaged(file, "it does not say what stands for its rows"))?;
    let expected = layout(&columns).map_err(|error| damaged(file, error))?;
    if *metadata.schema_descr().root_schema() != *expected {
        return Err(damaged(file, "its columns are not those it says it has"));
    }
    Ok((Schema { columns, about }, sealed(file, rows(file, reader), seal)))
}

fn damaged(file: &Path, what: impl ToString) -> Error {
    Error::Damaged(file.to_owned(), what.to_string())
}

fn rows(file: &Path, reader: SerializedFileReader<File>) -> Rows {
    let file = file.to_owned();
    let mut source = Batches { reader, group: 0, left: 0, columns: Vec::new() };
    let mut batch = Vec::new().into_iter();
    Box::new(std::iter::from_fn(move || {
        if batch.len() == 0 {
            match source.batch() {
                Ok(rows) => batch = rows.into_iter(),
                Err(error) => return Some(Err(damaged(&file, error))),
            }
        }
        batch.next().map(Ok)
    }))
}

/// A file that is being read, a batch of rows at a time.
struct Batches {
    reader: SerializedFileReader<File>,
    /// The next row group, and how many rows are left of the one before it.
    group: usize,
    left: usize,
    columns: Vec<ColumnReader>,
}

impl Batches {
    fn batch(&mut self) -> Result<Vec<Row>, ParquetError> {
        while self.left == 0 {
            if self.group == self.reader.num_row_groups() {
                return Ok(Vec::new());
            }
            let group = self.reader.get_row_group(self.group)?;
            self.columns = (0..group.num_columns())
                .map(|column| group.get_column_reader(column))
                .collect::<Result<_, _>>()?;
            self.left = usize::try_from(group.metadata().num_rows())?;
            self.group += 1;
        }
        let size = self.left.min(BATCH_ROWS);
        self.left -= size;
        let mut rows = vec![Row::with_capacity(self.columns.len()); size];
        for column in &mut self.columns {
            match column {
                ColumnReader::Int64ColumnReader(column) => get(column, &mut rows, |n| Ok(Cell::Integer(n))),
                ColumnReader::DoubleColumnReader(column) => get(column, &mut rows, |n| Ok(Cell::Real(n))),
                ColumnReader::BoolColumnReader(column) => get(column, &mut rows, |t| Ok(Cell::Truth(t))),
                ColumnReader::ByteArrayColumnReader(column) => {
                    get(column, &mut rows, |text| Ok(Cell::Text(text.as_utf8()?.into())))
                }
                _ => Err(ParquetError::General("a column is of a kind that is never written".to_owned())),
            }?;
        }
        Ok(rows)
    }
}

/// Adds to each row its cell of a column.
fn get<T: DataType>(
    column: &mut ColumnReaderImpl<T>,
    rows: &mut [Row],
    cell: impl Fn(T::T) -> Result<Cell, ParquetError>,
) -> Result<(), ParquetError> {
    let (mut there, mut values) = (Vec::new(), Vec::new());
    column.read_records(rows.len(), Some(&mut there), None, &mut values)?;
    if there.len() < rows.len() {
        return Err(ParquetError::EOF("a column is shorter than the others".to_owned()));
    }
    let mut values = values.into_iter();
    for (row, there) in rows.iter_mut().zip(there) {
        let value = if there == 1 { values.next() } else { None };
        row.push(value.map_or(Ok(Cell::Missing), &cell)?);
    }
    Ok(())
}
